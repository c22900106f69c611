export default { render({ el }) {} };
