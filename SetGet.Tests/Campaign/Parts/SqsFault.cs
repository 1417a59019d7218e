namespace SetGet.Tests.Campaign.Parts;

/// <summary>What SQS does to its callers on a bad day, each of which its documentation allows.</summary>
internal enum SqsFault
{
    None,

    /// <summary>Half the calls are refused for being too many.</summary>
    Throttled,

    /// <summary>Half the calls fail within SQS.</summary>
    Failing,

    /// <summary>Half the calls are done, but their answers never come.</summary>
    Unanswered,

    /// <summary>What is sent arrives twice, and half of what is deleted comes again.</summary>
    Duplicating,

    /// <summary>Each message arrives up to four seconds late, and so behind later ones.</summary>
    Reordering,

    /// <summary>What is sent arrives again up to forty seconds later: deleted, acknowledged or expired by then.</summary>
    Late,

    /// <summary>Of the entries of a batch some are done, some refused, and some not mentioned in the answer.</summary>
    Partial,

    /// <summary>The credentials have expired.</summary>
    Forbidden,

    /// <summary>Half the calls are done, and answered by something that was never SQS's: a page, half of an answer, an error.</summary>
    Garbled,
}
