namespace SetGet.Tests.Campaign.Checking;

/// <summary>What is promised, and checked.</summary>
internal enum Rule
{
    Lost,
    HalfStored,
    Doubled,
    Stale,
    Order,
    Expired,
    Ttl,
    Crossed,
    Changed,
    Lease,
    DeadLetter,
    Answer,
    Rolling,
    Alive,
}

internal static class Rules
{
    /// <summary>The promise, as the report says it.</summary>
    internal static string Text(Rule rule) => rule switch
    {
        Rule.Lost => "what was acknowledged is there",
        Rule.HalfStored => "an event is under all of its keys, or under none",
        Rule.Doubled => "delivered or sent twice is one event; acknowledged is gone",
        Rule.Stale => "no read answers an older event than an earlier read did",
        Rule.Order => "a history is ordered by (acceptedAt, id), without doubles",
        Rule.Expired => "nobody reads what has expired",
        Rule.Ttl => "an event expires at acceptedAt + TTL",
        Rule.Crossed => "an event is read in its account, under its keys",
        Rule.Changed => "the data comes back byte for byte",
        Rule.Lease => "a lease has one holder",
        Rule.DeadLetter => "every dead letter is a bad message, unchanged; every bad message is one",
        Rule.Answer => "every answer is 2xx, or 503 of which the sender tries again",
        Rule.Rolling => "a rolling restart fails no request",
        Rule.Alive => "no process ends by itself",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
