using System.Text;

namespace SetGet.Core.Signing;

/// <summary>What a described scheme signs: the text before the body and after it, with what stands in for its placeholders.</summary>
internal sealed class SignedText
{
    internal const string Body = "body";
    private const string Timestamp = "timestamp";
    private const string Url = "url";
    private const string HeaderPrefix = "header:";

    private readonly List<(string Text, bool IsPlaceholder)> _before = [];
    private readonly List<(string Text, bool IsPlaceholder)> _after = [];

    private SignedText()
    {
    }

    /// <summary>The signed headers, in lower case.</summary>
    internal HashSet<string> Headers { get; } = new(StringComparer.Ordinal);

    internal static SignedText Parse(string template)
        => TryParse(template, out var fault) ?? throw new ArgumentException(fault, nameof(template));

    /// <summary>Null, and what is wrong in a sentence, for what is no template.</summary>
    internal static SignedText? TryParse(string template, out string? fault)
    {
        var signed = new SignedText();
        var parts = signed._before;
        fault = null;
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            if (open < 0) open = template.Length;
            if (open > at) parts.Add((template[at..open], false));
            if (open == template.Length) break;
            var close = template.IndexOf('}', open);
            var name = close < 0 ? "" : template[(open + 1)..close];
            if (name == Body && parts == signed._before) parts = signed._after;
            else if (name is Timestamp or Url) parts.Add((name, true));
            else if (name.StartsWith(HeaderPrefix, StringComparison.Ordinal) && name.Length > HeaderPrefix.Length) signed.AddHeader(parts, name);
            else
            {
                fault = $"Has at character {open + 1} something else than {{body}} (once), {{timestamp}}, {{url}} or {{header:Name}}.";
                return null;
            }

            at = close + 1;
        }

        if (parts != signed._before) return signed;
        fault = "Must contain {body}: what does not cover the body proves nothing of it.";
        return null;
    }

    /// <summary>The text before the body and the text after it.</summary>
    internal (string Before, string After) Around(in SignedWebhook webhook, string timestamp)
        => (Fill(_before, webhook, timestamp), Fill(_after, webhook, timestamp));

    private static string Fill(List<(string Text, bool IsPlaceholder)> parts, in SignedWebhook webhook, string timestamp)
    {
        if (parts.Count == 0) return "";
        var text = new StringBuilder();
        foreach (var (part, isPlaceholder) in parts)
        {
            text.Append(
                !isPlaceholder ? part : part == Timestamp ? timestamp : part == Url ? webhook.Url : webhook.Header(part));
        }

        return text.ToString();
    }

    private void AddHeader(List<(string Text, bool IsPlaceholder)> parts, string name)
    {
        var header = name[HeaderPrefix.Length..].ToLowerInvariant();
        Headers.Add(header);
        parts.Add((header, true));
    }
}
