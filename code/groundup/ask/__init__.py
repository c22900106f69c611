"""The command `groundup ask`: questions to the factbook or to one's own folder."""
