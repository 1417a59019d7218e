using System.Text.RegularExpressions;
using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>An HTTP request to SQS, wherever it comes from: the network, or somebody in the same process.</summary>
/// <param name="Path">The path, decoded.</param>
/// <param name="QueryString">With its question mark, or empty.</param>
/// <param name="Target">The header <c>X-Amz-Target</c>, or null.</param>
/// <param name="BaseUrl">Scheme, host and port that the client used, without a slash at the end.</param>
/// <param name="Body">The whole body.</param>
/// <param name="TraceHeader">The header <c>X-Amzn-Trace-Id</c>, or null.</param>
/// <param name="Authorization">The header <c>Authorization</c>, or null.</param>
/// <param name="WantsJson">The header <c>Accept</c> asks for JSON, which the Query protocol answers too.</param>
public readonly record struct SqsCall(
    string Path, string QueryString, string? Target, string BaseUrl, ReadOnlyMemory<byte> Body,
    string? TraceHeader = null, string? Authorization = null, bool WantsJson = false);

/// <summary>The HTTP response to an <see cref="SqsCall"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="RequestId">For the header <c>x-amzn-RequestId</c>.</param>
/// <param name="Body">The whole body.</param>
/// <param name="QueryError">For the header <c>x-amzn-query-error</c>, or null.</param>
public readonly record struct SqsResponse(int Status, string ContentType, string RequestId, ReadOnlyMemory<byte> Body, string? QueryError = null);

/// <summary>
/// Who calls, as far as it matters here: account and region, which the credentials of a signed request name. The signature
/// itself is not checked.
/// </summary>
internal static partial class Caller
{
    /// <summary>Lower-case letters and digits in at least three parts, as all regions are named.</summary>
    private const string Region = "(?=[a-z0-9-]{1,32}[/.])(?<region>[a-z0-9]+-[a-z0-9-]*-[a-z0-9-]*[0-9])";

    /// <summary>
    /// The region of the host's name (<c>sqs.REGION.anything</c>) or else of the credentials; the account is an access key of
    /// twelve digits. What is not said is <paramref name="home"/>'s.
    /// </summary>
    public static SqsAccount Of(SqsAccount home, in SqsCall call)
    {
        var credential = Credential().Match(call.Authorization + call.QueryString.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        return home.With(RegionOfHost(call.BaseUrl) ?? credential.Groups["region"].Value, credential.Groups["account"].Value);
    }

    /// <summary>The region in a URL's host, or null.</summary>
    public static string? RegionOfHost(string url) => Host().Match(url) is { Success: true } host ? host.Groups["region"].Value : null;

    /// <summary><c>Credential=KEY/DATE/REGION/SERVICE/aws4_request</c>, in the header or in a signed URL.</summary>
    [GeneratedRegex($"Credential=((?<account>[0-9]{{12}})|[^/]*)/[^/]*/({Region}|[^/]*)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Credential();

    [GeneratedRegex($@"^[^:]*://sqs\.{Region}\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Host();
}
