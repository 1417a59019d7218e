using System.Net;

namespace SetGet.Client;

/// <summary>
/// What the API answered instead of what was asked for: its problem document (RFC 9457). Also thrown, with the status 0, where
/// no answer came after all retries; then <see cref="Exception.InnerException"/> says why.
/// </summary>
public sealed class SetGetException : Exception
{
    public SetGetException()
        : this("The API did not answer.")
    {
    }

    public SetGetException(string message)
        : this(message, null)
    {
    }

    public SetGetException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal SetGetException(ProblemDocument problem)
        : base(Describe(problem))
    {
        Type = problem.Type ?? "about:blank";
        Title = problem.Title ?? "";
        StatusCode = (HttpStatusCode)problem.Status;
        Detail = problem.Detail ?? "";
        Errors = problem.Errors ?? Errors;
        TraceId = problem.TraceId;
    }

    /// <summary>The HTTP status; 0 where no answer came.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The kind of problem, for programs: <c>urn:setget:problem:...</c>.</summary>
    public string Type { get; } = "about:blank";

    /// <summary>The kind of problem in a few words.</summary>
    public string Title { get; } = "";

    /// <summary>What is wrong with this request, and what to do about it.</summary>
    public string Detail { get; } = "";

    /// <summary>By field: what is wrong with it. Empty where no field is.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = new Dictionary<string, string[]>();

    /// <summary>The trace to tell SetGet's operators of.</summary>
    public string? TraceId { get; }

    private static string Describe(ProblemDocument problem)
    {
        var fields = problem.Errors is { Count: > 0 } errors
            ? " " + string.Join(" ", errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}"))
            : "";
        return $"{problem.Status} {problem.Title}: {problem.Detail}{fields}";
    }
}
