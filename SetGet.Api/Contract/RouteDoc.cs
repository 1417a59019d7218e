namespace SetGet.Api.Contract;

/// <summary>What the OpenAPI document says of a route beyond what its mapping says.</summary>
/// <param name="Tag">The group that it is listed in.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">What it does, in Markdown.</param>
internal sealed record RouteDoc(string Tag, string Summary, string Description)
{
    public IReadOnlyList<ParameterDoc> Parameters { get; init; } = [];

    public BodyDoc? Body { get; init; }

    public IReadOnlyList<AnswerDoc> Answers { get; init; } = [];

    /// <summary>The statuses that it may answer with as a problem document.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];
}

internal enum Place
{
    Path,
    Query,
    Header,
}

/// <summary>A parameter.</summary>
internal sealed record ParameterDoc(string Name, Place In, string Description, string Example)
{
    public bool Required { get; init; }

    public bool Repeatable { get; init; }

    /// <summary>A whole number rather than a string.</summary>
    public bool IsNumber { get; init; }

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    public string? Default { get; init; }

    /// <summary>A regular expression that it matches, where it is a string.</summary>
    public string? Pattern { get; init; }
}

/// <summary>A request body. Type null: any bytes.</summary>
internal sealed record BodyDoc(Type? Type, string ContentType, string Description, string Example);

/// <summary>An answer that is no problem. Type null: no body, or any bytes where there is a content type.</summary>
internal sealed record AnswerDoc(int Status, string Description)
{
    public Type? Type { get; init; }

    public string? ContentType { get; init; }

    public string? Example { get; init; }

    public IReadOnlyList<HeaderDoc> Headers { get; init; } = [];
}

/// <summary>A header of an answer.</summary>
internal sealed record HeaderDoc(string Name, string Description, string Example);
