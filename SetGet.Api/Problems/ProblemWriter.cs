using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SetGet.Api.Problems;

/// <summary>Writes a problem document as the answer of a request.</summary>
internal static class ProblemWriter
{
    public const string Challenge = "ApiKey realm=\"SetGet\", header=\"X-Api-Key\"";
    public const string ContentType = "application/problem+json";

    /// <summary>Writes the document with its status and <c>Retry-After</c>, where the answer has not begun.</summary>
    public static async Task WriteProblemAsync(this HttpContext context, Problem problem, CancellationToken cancellationToken)
    {
        // For whoever notes how the request ended.
        context.Features.Set(problem);
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (problem.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = Challenge;
        if (problem.Status == StatusCodes.Status415UnsupportedMediaType) response.Headers.AcceptEncoding = "identity";

        var body = JsonSerializer.SerializeToUtf8Bytes(problem with { TraceId = Activity.Current?.TraceId.ToString() }, ProblemJson.Wire.Problem);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, cancellationToken);
    }
}
