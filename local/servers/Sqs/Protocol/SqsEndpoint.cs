using System.Text.Json.Nodes;
using Sqs.Engine;
using Sqs.Operations;

namespace Sqs.Protocol;

/// <summary>Answers SQS requests of both protocols: decides which it is, reads, runs, and writes result or error.</summary>
internal sealed partial class SqsEndpoint(SqsOperations operations, ILogger logger)
{
    private const string TargetPrefix = "AmazonSQS.";
    private const string JsonType = "application/x-amz-json-1.0";
    private const string XmlType = "text/xml";
    private const string QueryJsonType = "application/json";

    /// <summary>Runs one request. Only cancellationToken makes it throw.</summary>
    public async Task<SqsResponse> HandleAsync(SqsCall call, CancellationToken cancellationToken)
    {
        var requestId = MessageId.New().ToString();
        try
        {
            var (operation, request) = Read(call);
            request.UseTraceHeader(call.TraceHeader);
            request.BaseUrl = call.BaseUrl;
            request.Caller = Caller.Of(operations.Home, call);
            var reply = await operations.InvokeAsync(operation, request, cancellationToken);
            return Write(call, operation, reply, requestId);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Error(Refusal(exception), isJson: call.Target is not null, call.WantsJson, requestId);
        }
    }

    /// <summary>An error that occurred before the request could be read, in the protocol that it seems to speak.</summary>
    public static SqsResponse Error(SqsException error, bool isJson, bool wantsJson, string requestId)
    {
        // What is no request of the protocol at all gets the same answer in any case.
        wantsJson &= error.Error != SqsError.UnknownOperation;
        var body = isJson ? Replies.WriteJson(error) : Replies.WriteQuery(error, requestId, wantsJson);
        var queryError = isJson ? $"{error.Error.QueryCode};{(error.Error.IsSender ? "Sender" : "Receiver")}" : null;
        return new SqsResponse(error.Error.Status, Type(isJson, wantsJson), requestId, body, queryError);
    }

    private static string Type(bool isJson, bool wantsJson) => isJson ? JsonType : wantsJson ? QueryJsonType : XmlType;

    private (string Operation, SqsRequest Request) Read(in SqsCall call)
    {
        if (call.Target is not { } target)
        {
            var form = QueryForm.Read(call);
            return operations.Has(form.Operation) ? form : throw SqsException.NotAnAction(form.Operation);
        }

        var operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
        return operations.Has(operation) ? (operation, RequestJson.Read(call.Body.Span)) : throw SqsException.NotAnAction(operation, SqsError.UnknownOperation);
    }

    private static SqsResponse Write(in SqsCall call, string operation, JsonObject? reply, string requestId)
    {
        var body = call.Target is not null ? Replies.WriteJson(reply) : Replies.WriteQuery(operation, reply, requestId, call.WantsJson);
        return new SqsResponse(200, Type(call.Target is not null, call.WantsJson), requestId, body);
    }

    private SqsException Refusal(Exception exception)
    {
        if (exception is SqsException refusal) return refusal;
        if (exception is ObjectDisposedException) return SqsError.ServiceUnavailable.With("The server is stopping.");
        Log.Failed(logger, exception);
        return SqsError.Internal.With("We encountered an internal error. Please try again.");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An SQS request failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
