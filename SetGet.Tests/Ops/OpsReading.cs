using Microsoft.Playwright;

namespace SetGet.Tests.Ops;

/// <summary>Whether people can read a page, and screen readers name what is on it.</summary>
internal static class OpsReading
{
    // WCAG 2, AA: 4.5 to 1, and 3 to 1 for large text. Colours are drawn to be read: a style may name them in any space.
    private const string Script =
        """
        () => {
          const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
          const shade = color => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = color; pen.fillRect(0, 0, 1, 1); const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
          const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
          const ground = node => { const own = shade(getComputedStyle(node).backgroundColor); return own[3] === 1 ? own : over(own, node.parentElement ? ground(node.parentElement) : [255, 255, 255, 1]); };
          const light = color => { const [r, g, b] = color.map(each => each / 255).map(each => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const isSeen = node => node.checkVisibility({ visibilityProperty: true }) && !node.closest('.visually-hidden, :disabled') && node.getClientRects().length > 0;
          const place = document.querySelector('dialog[open]') ?? document.body;
          const faults = [];
          for (const node of place.querySelectorAll('*')) {
            if (!isSeen(node) || node.closest('svg, .skip')) continue;
            if (node.matches('a[href], button, input, select, textarea')) {
              const label = node.getAttribute('aria-label') ?? [...node.labels ?? []].map(each => each.textContent).join(' ') + (node.matches('a, button') ? node.textContent : '');
              if (!label.trim()) faults.push(`no name: ${node.outerHTML.slice(0, 120)}`);
            }
            if (![...node.childNodes].some(each => each.nodeType === 3 && each.data.trim()) && !node.matches('input, textarea, select')) continue;
            const style = getComputedStyle(node), under = ground(node);
            const [a, b] = [light(over(shade(style.color), under)), light(under)].sort((x, y) => y - x);
            const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < (isLarge ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${node.outerHTML.slice(0, 120)}`);
          }
          const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
          for (const id of new Set(ids)) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
          return faults;
        }
        """;

    /// <summary>Controls without a name, text with too little contrast, ids that are there twice: of the dialog where one is open.</summary>
    public static Task<string[]> ReadingFaultsAsync(this IPage page) => page.EvaluateAsync<string[]>(Script);
}
