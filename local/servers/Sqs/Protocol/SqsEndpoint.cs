using System.Buffers;
using Sqs.Engine;
using Sqs.Operations;
using Sqs.Protocol.Json;
using Sqs.Protocol.Query;

namespace Sqs.Protocol;

/// <summary>Answers SQS requests of both protocols: decides which it is, reads, runs, and writes result or error.</summary>
internal sealed partial class SqsEndpoint
{
    private const string TargetPrefix = "AmazonSQS.";
    private const string JsonType = "application/x-amz-json-1.0";
    private const string XmlType = "text/xml";
    private const string QueryJsonType = "application/json";

    private readonly SqsOperations _operations;
    private readonly ILogger<SqsEndpoint> _logger;

    public SqsEndpoint(SqsOperations operations, ILogger<SqsEndpoint> logger)
    {
        _operations = operations;
        _logger = logger;
    }

    /// <summary>Runs one request and writes the response's body. Only cancellation makes it throw.</summary>
    public Task<SqsResponseHead> HandleAsync(SqsCall call, IBufferWriter<byte> output, CancellationToken cancellationToken) =>
        call.Target is null ? HandleQueryAsync(call, output, cancellationToken) : HandleJsonAsync(call, call.Target, output, cancellationToken);

    /// <summary>Writes an error that occurred before the request could be read, in the protocol that it seems to speak.</summary>
    public static SqsResponseHead WriteError(bool isJson, SqsException error, IBufferWriter<byte> output) =>
        isJson ? JsonError(error, NewRequestId(), output) : QueryError(error, wantsJson: false, NewRequestId(), output);

    private async Task<SqsResponseHead> HandleJsonAsync(SqsCall call, string target, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var requestId = NewRequestId();
        try
        {
            var operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
            if (!_operations.Has(operation))
                throw new SqsException(SqsError.UnknownOperation, $"The action {operation} is not valid for this endpoint.");
            var request = JsonRequestReader.Read(call.Body);
            Address(request, call);
            var reply = await _operations.InvokeAsync(operation, request, cancellationToken);
            JsonReplyWriter.Write(reply, output);
            return new SqsResponseHead(200, JsonType, requestId, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return JsonError(Refusal(exception), requestId, output);
        }
    }

    private async Task<SqsResponseHead> HandleQueryAsync(SqsCall call, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var requestId = NewRequestId();
        try
        {
            var (operation, request) = QueryRequestReader.Read(call);
            if (!_operations.Has(operation))
                throw new SqsException(SqsError.InvalidAction, $"The action {operation} is not valid for this endpoint.");
            Address(request, call);
            var reply = await _operations.InvokeAsync(operation, request, cancellationToken);
            if (call.WantsJson) QueryJsonWriter.Write(operation, reply, requestId, output);
            else XmlReplyWriter.Write(operation, reply, requestId, output);
            return new SqsResponseHead(200, call.WantsJson ? QueryJsonType : XmlType, requestId, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return QueryError(Refusal(exception), call.WantsJson, requestId, output);
        }
    }

    /// <summary>What a request's head says, for the operations.</summary>
    private void Address(SqsRequest request, in SqsCall call)
    {
        request.UseTraceHeader(call.TraceHeader);
        request.BaseUrl = call.BaseUrl;
        request.Caller = Caller.Of(_operations.Home, call);
    }

    private SqsException Refusal(Exception exception)
    {
        if (exception is SqsException refusal) return refusal;
        if (exception is ObjectDisposedException) return new SqsException(SqsError.ServiceUnavailable, "The server is stopping.");
        Log.Failed(_logger, exception);
        return new SqsException(SqsError.Internal, "We encountered an internal error. Please try again.");
    }

    private static SqsResponseHead JsonError(SqsException error, string requestId, IBufferWriter<byte> output)
    {
        JsonReplyWriter.WriteError(error, output);
        return new SqsResponseHead(error.Error.Status, JsonType, requestId, $"{error.Error.QueryCode};{(error.Error.IsSender ? "Sender" : "Receiver")}");
    }

    private static SqsResponseHead QueryError(SqsException error, bool wantsJson, string requestId, IBufferWriter<byte> output)
    {
        // What is no request of the protocol at all gets the same answer in any case.
        if (wantsJson && error.Error != SqsError.UnknownOperation)
        {
            QueryJsonWriter.WriteError(error, requestId, output);
            return new SqsResponseHead(error.Error.Status, QueryJsonType, requestId, null);
        }

        XmlReplyWriter.WriteError(error, requestId, output);
        return new SqsResponseHead(error.Error.Status, XmlType, requestId, null);
    }

    private static string NewRequestId() => MessageId.New().ToString();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An SQS request failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
