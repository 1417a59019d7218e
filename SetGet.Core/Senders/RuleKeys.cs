namespace SetGet.Core.Senders;

/// <summary>What the rules made of an event.</summary>
/// <param name="Keys">Valid webhook keys, distinct, in the order of the rules; there may be none. At most as many as were allowed.</param>
/// <param name="Fault">What is wrong with the event; null where nothing is. A rule that finds nothing is no fault.</param>
public readonly record struct RuleKeys(IReadOnlyList<string> Keys, RuleFault? Fault);

/// <summary>Why an event's keys are not all of its keys.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">A sentence for the sender or the operator; never holds data.</param>
public sealed record RuleFault(RuleFaultKind Kind, string Detail);

/// <summary>What can be wrong with an event, by the rules.</summary>
public enum RuleFaultKind
{
    /// <summary>The body says that it is JSON and is not, while a rule asks for something in it.</summary>
    NotJson,

    /// <summary>The rules make more keys, or try more combinations, than are allowed.</summary>
    TooMany,
}

/// <summary>What one rule makes of an example.</summary>
/// <param name="Rule">As it was written.</param>
/// <param name="Keys">Its keys, those that another rule makes too among them.</param>
/// <param name="Why">Why there are none; null where there are some.</param>
public sealed record RuleOutcome(string Rule, IReadOnlyList<string> Keys, string? Why);
