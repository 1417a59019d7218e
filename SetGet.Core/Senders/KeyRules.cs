using System.Buffers;
using SetGet.Core.Events;

namespace SetGet.Core.Senders;

/// <summary>
/// The key rules of a flow: templates that make webhook keys of an event, as <c>order-{/orderId}</c>, <c>{header:X-GitHub-Event}:{/repository/full_name}</c>
/// or <c>{id}</c>. Parsed once, then shared between threads; the body is read in one pass for all rules together, and only where a rule asks for it.
/// </summary>
public sealed class KeyRules
{
    /// <summary>Most rules of a flow.</summary>
    public const int MaxRules = 20;

    /// <summary>Longest rule, in characters.</summary>
    public const int MaxRuleLength = 256;

    /// <summary>Most placeholders of one rule. More would be no key that anyone reads, and could be made very slow.</summary>
    public const int MaxPlaceholders = 8;

    /// <summary>Most combinations of values that are tried for one event, over all rules, whether keys come of them or not; also the most keys.</summary>
    public const int MaxCombinations = 10_000;

    private readonly KeyRule[] _rules;
    private readonly RuleSources _sources;

    private KeyRules(KeyRule[] rules, RuleSources sources) => (_rules, _sources) = (rules, sources);

    /// <summary>No rules: no keys.</summary>
    public static KeyRules None { get; } = new([], new RuleSources());

    /// <summary>The rules as they were written.</summary>
    public IReadOnlyList<string> Texts => Array.ConvertAll(_rules, rule => rule.Text);

    /// <summary>True where there are no rules.</summary>
    public bool IsEmpty => _rules.Length == 0;

    /// <summary>True where a rule asks for something in the body. Others are never slower for a large one.</summary>
    public bool ReadsBody => _sources.HasPointers;

    /// <summary>The rules; null where <paramref name="errors"/> has got something, by <c>keyRules[i]</c>: what is wrong at which character, and how to mend it.</summary>
    public static KeyRules? Parse(IReadOnlyList<string> rules, InputErrors errors, string field = "keyRules")
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(errors);
        if (rules.Count == 0) return None;
        if (rules.Count > MaxRules)
        {
            errors.Add(field, $"Has {rules.Count} rules: at most {MaxRules} are possible.");
            return null;
        }

        var sources = new RuleSources();
        var parsed = new List<KeyRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (KeyRuleParser.Parse(rules[i], sources, out var fault) is { } rule) parsed.Add(rule);
            else errors.Add($"{field}[{i}]", fault);
        }

        return parsed.Count == rules.Count ? new KeyRules([.. parsed], sources) : null;
    }

    /// <summary>The keys that the rules make of an event. Never throws, whatever the body is.</summary>
    /// <param name="body">As the sender sent it.</param>
    /// <param name="contentType">The body's. A form is read as one; all else as JSON, which it need not be unless it says so.</param>
    /// <param name="headers">The sender's, by names in lower case.</param>
    /// <param name="eventId">What <c>{id}</c> stands for.</param>
    /// <param name="maxKeys">Most keys; 0: <see cref="MaxCombinations"/>, which is never exceeded.</param>
    public RuleKeys Evaluate(ReadOnlySpan<byte> body, string contentType, IReadOnlyDictionary<string, string> headers, string eventId, int maxKeys)
    {
        if (_rules.Length == 0) return new RuleKeys([], null);
        var values = ArrayPool<SourceValues>.Shared.Rent(_sources.Count);
        try
        {
            var fault = _sources.Read(body, contentType, headers, eventId, values);
            var keys = new KeyCollector(maxKeys);
            foreach (var rule in _rules)
            {
                rule.Collect(values, keys);
                if (keys.IsOver) break;
            }

            return new RuleKeys(keys.Keys, fault ?? keys.Fault);
        }
        finally
        {
            Return(values);
        }
    }

    /// <summary>As <see cref="Evaluate"/>, and for each rule which keys it made, or why none.</summary>
    public IReadOnlyList<RuleOutcome> Explain(
        ReadOnlySpan<byte> body, string contentType, IReadOnlyDictionary<string, string> headers, string eventId, int maxKeys)
    {
        var values = ArrayPool<SourceValues>.Shared.Rent(Math.Max(1, _sources.Count));
        try
        {
            _sources.Read(body, contentType, headers, eventId, values);
            var outcomes = new List<RuleOutcome>();
            foreach (var rule in _rules)
            {
                var keys = new KeyCollector(maxKeys);
                rule.Collect(values, keys);
                outcomes.Add(new RuleOutcome(rule.Text, keys.Keys, keys.Keys.Count > 0 ? null : rule.WhyNone(values, keys)));
            }

            return outcomes;
        }
        finally
        {
            Return(values);
        }
    }

    // Without what was found: an event's values are not kept for the next one to meet.
    private void Return(SourceValues[] values)
    {
        values.AsSpan(0, _sources.Count).Clear();
        ArrayPool<SourceValues>.Shared.Return(values);
    }
}
