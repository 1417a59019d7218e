using System.Globalization;
using SetGet.Core.Events;

namespace SetGet.Core.Senders;

/// <summary>Reads one rule; says what is wrong at which character, and how to mend it.</summary>
internal sealed class KeyRuleParser
{
    private const string EventId = "id";
    private const string HeaderPrefix = "header:";
    private const string Kinds = "name a pointer as in {/orderId}, a header as in {header:X-Event}, or {id}.";
    private const string BeginRule = "a key begins with a letter or digit: begin the rule with one, or with a placeholder.";

    private readonly string _rule;
    private readonly RuleSources _sources;
    private readonly List<RulePart> _parts = [];
    private string? _fault;

    private KeyRuleParser(string rule, RuleSources sources) => (_rule, _sources) = (rule, sources);

    /// <summary>The rule; or null, and what is wrong with it.</summary>
    internal static KeyRule? Parse(string? rule, RuleSources sources, out string fault)
    {
        fault = "";
        if (rule is not { Length: > 0 and <= KeyRules.MaxRuleLength })
        {
            fault = $"Must be a text of 1 to {KeyRules.MaxRuleLength} characters.";
            return null;
        }

        var parser = new KeyRuleParser(rule, sources);
        for (var at = 0; at < rule.Length && parser._fault is null;) at = rule[at] == '{' ? parser.Placeholder(at) : parser.Literal(at);
        parser.CheckWhole();
        fault = parser._fault ?? "";
        return parser._fault is null ? new KeyRule(rule, parser._parts) : null;
    }

    private void Fail(int at, string message) => _fault ??= $"At character {at + 1}: {message}";

    private int Literal(int start)
    {
        var end = start;
        while (end < _rule.Length && _rule[end] != '{')
        {
            if (_rule[end] == '}') Fail(end, "a } without a { before it.");
            else if (!Names.IsWebhookKeyCharacter(_rule[end])) Fail(end, $"{Show(_rule[end])} can be in no webhook key: text is of A-Z a-z 0-9 . _ - and :");
            end++;
        }

        if (start == 0 && !char.IsAsciiLetterOrDigit(_rule[0])) Fail(0, BeginRule);
        _parts.Add(new RulePart(_rule[start..end], RulePart.None));
        return end;
    }

    private int Placeholder(int start)
    {
        var end = _rule.AsSpan(start + 1).IndexOfAny('{', '}') + start + 1;
        if (end == start) Fail(start, "a { that is never closed: put a } behind the placeholder.");
        else if (_rule[end] == '{') Fail(end, "a { within a placeholder: close the one before with a }. A member whose name has a brace cannot be named.");
        if (_fault is not null) return end;
        var content = _rule[(start + 1)..end];
        if (content.StartsWith('/')) Pointer(content, start + 1);
        else if (content.StartsWith(HeaderPrefix, StringComparison.Ordinal)) Header(content[HeaderPrefix.Length..], start + 1 + HeaderPrefix.Length);
        else if (content == EventId) _parts.Add(new RulePart("The event's id", _sources.EventId()));
        else if (content.Length == 0) Fail(start, "an empty placeholder: " + Kinds);
        else Fail(start + 1, "this is no placeholder: " + Kinds);
        return end + 1;
    }

    private void Pointer(string pointer, int at)
    {
        if (JsonPointer.Parse(pointer, out var fault) is { } steps) _parts.Add(new RulePart(pointer, _sources.Pointer(steps)));
        else Fail(at + fault.At, fault.Message);
    }

    private void Header(string name, int at)
    {
        if (name.Length == 0) Fail(at, "a header without a name: write it as in {header:X-Event}.");
        for (var i = 0; i < name.Length; i++)
            if (!HeaderRules.IsNameCharacter(name[i])) Fail(at + i, $"{Show(name[i])} can be in no header's name.");
        _parts.Add(new RulePart("The header " + name, _sources.Header(name.ToLowerInvariant())));
    }

    private void CheckWhole()
    {
        if (_fault is not null) return;
        var text = _parts.Where(part => part.IsText).Sum(part => part.Text.Length);
        var placeholders = _parts.Count(part => !part.IsText);
        var most = Names.MaxWebhookKeyLength - placeholders;
        if (placeholders > KeyRules.MaxPlaceholders) _fault = $"Has {placeholders} placeholders: at most {KeyRules.MaxPlaceholders} are possible.";
        else if (text > most) _fault = $"Has {text} characters beside its placeholders: with at most {most} a key, which has {Names.MaxWebhookKeyLength}, can come of it.";
    }

    private static string Show(char character)
        => character is > ' ' and <= '~' ? character.ToString() : string.Create(CultureInfo.InvariantCulture, $"U+{(int)character:X4}");
}
