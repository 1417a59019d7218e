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
