// What the window hears, for tests to read: each key as key/code/composing, and how long after the last it came.
window.heard = [];
let last = null;
addEventListener('keydown', e => {
  heard.push({key: e.key, code: e.code, composing: e.isComposing || e.keyCode === 229, shift: e.shiftKey,
    gap: last === null ? 1000 : e.timeStamp - last});
  last = e.timeStamp;
});
window.pointers = [];
for (const kind of ['touchstart', 'mousedown', 'click'])
  addEventListener(kind, e => pointers.push(kind + ' ' + (e.target.id || e.target.tagName)));
document.getElementById('show').addEventListener('click', () => {
  setTimeout(() => {
    document.getElementById('later').hidden = false;
    document.getElementById('going').hidden = true;
  }, 100);
});
