// A classic script in the head: the theme is set before the first paint. The choice is all that outlives the tab.
(() => {
  const saved = (() => { try { return localStorage.getItem('setget.ops.theme'); } catch { return null; } })();
  if (saved === 'light' || saved === 'dark') document.documentElement.dataset.theme = saved;
})();
