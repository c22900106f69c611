"""`python -m groundup.pretrained [--hub]`: prepare the language model."""

from .smollm2 import main

if __name__ == "__main__":
    main()
