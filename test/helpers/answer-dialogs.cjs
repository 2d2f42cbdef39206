// Loaded into the app before its main file (electron -r): message boxes are answered with the button that
// PERCH_TEST_ANSWER names, and told on stdout as `dialog {...}`.
const { dialog } = require('electron');

const tell = (shown) => process.stdout.write(`dialog ${JSON.stringify(shown)}\n`);

dialog.showMessageBox = async (...args) => {
  const { message, buttons } = args.at(-1);
  tell({ message, buttons });
  return { response: buttons.indexOf(process.env.PERCH_TEST_ANSWER), checkboxChecked: false };
};

dialog.showErrorBox = (title, message) => tell({ title, message });
