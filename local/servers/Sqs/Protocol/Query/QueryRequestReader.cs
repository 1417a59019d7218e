using System.Text;
using Sqs.Engine;

namespace Sqs.Protocol.Query;

/// <summary>Reads requests of the Query protocol: a form in the body, in the query string, or in both.</summary>
internal static class QueryRequestReader
{
    /// <summary>Operations that are not about one queue.</summary>
    private static readonly string[] OfService = ["CreateQueue", "ListQueues"];

    /// <returns>The action's name and its parameters.</returns>
    /// <exception cref="SqsException">There is no action, or a parameter has the wrong type.</exception>
    public static (string Operation, SqsRequest Request) Read(SqsCall call)
    {
        var form = Form(call);
        var operation = form.Text("Action");
        if (string.IsNullOrEmpty(operation)) throw new SqsException(SqsError.UnknownOperation, "The request must contain the parameter Action.");
        if (OfService.Contains(operation, StringComparer.Ordinal) && IsQueuePath(call.Path)) throw new SqsException(SqsError.InvalidAction, $"The action {operation} is not valid for this endpoint.");
        return (operation, ReadRequest(form, call.Path));
    }

    /// <summary>A queue's own address: an account of digits, and a name.</summary>
    private static bool IsQueuePath(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var account, _] && account.All(char.IsAsciiDigit);

    private static FormNode Form(SqsCall call)
    {
        var form = FormNode.Parse(Encoding.UTF8.GetBytes(call.QueryString.TrimStart('?')));
        form.Add(call.Body.Span);
        return form;
    }

    private static SqsRequest ReadRequest(FormNode form, string path)
    {
        var request = new SqsRequest
        {
            QueueUrl = form.Text("QueueUrl") ?? (path.Length > 1 ? path : null),
            QueueName = form.Text("QueueName"),
            QueueOwner = form.Text("QueueOwnerAWSAccountId"),
            Prefix = form.Text("QueueNamePrefix"),
            MaxResults = form.Number("MaxResults"),
            NextToken = form.Text("NextToken"),
            MaxNumberOfMessages = form.Number("MaxNumberOfMessages"),
            VisibilityTimeout = form.Number("VisibilityTimeout"),
            WaitTimeSeconds = form.Number("WaitTimeSeconds"),
            ReceiveRequestAttemptId = form.Text("ReceiveRequestAttemptId"),
            ReceiptHandle = form.Text("ReceiptHandle"),
            Label = form.Text("Label"),
            SourceArn = form.Text("SourceArn"),
            DestinationArn = form.Text("DestinationArn"),
            MaxMessagesPerSecond = form.Number("MaxNumberOfMessagesPerSecond"),
            TaskHandle = form.Text("TaskHandle"),
        };
        ReadLists(form, request);
        ReadMessage(form, request.Message);
        ReadEntries(form, request.Entries);
        return request;
    }

    private static void ReadLists(FormNode form, SqsRequest request)
    {
        foreach (var item in form.Items("Attribute")) Put(request.Attributes, item.Text("Name"), item.Text("Value"));
        foreach (var item in form.Items("Tag")) Put(request.Tags, item.Text("Key"), item.Text("Value") ?? "");
        request.TagKeys.AddRange(form.Texts("TagKey"));
        request.AttributeNames.AddRange(form.Texts("AttributeName"));
        request.MessageAttributeNames.AddRange(form.Texts("MessageAttributeName"));
        request.SystemAttributeNames.AddRange(form.Texts("MessageSystemAttributeName"));
        request.AccountIds.AddRange(form.Texts("AWSAccountId"));
        request.Actions.AddRange(form.Texts("ActionName"));
    }

    private static void ReadEntries(FormNode form, List<SqsEntry> entries)
    {
        foreach (var list in (ReadOnlySpan<string>)
            ["SendMessageBatchRequestEntry", "DeleteMessageBatchRequestEntry", "ChangeMessageVisibilityBatchRequestEntry"])
        {
            foreach (var item in form.Items(list))
            {
                var entry = new SqsEntry
                {
                    Id = item.Text("Id"),
                    ReceiptHandle = item.Text("ReceiptHandle"),
                    VisibilityTimeout = item.Number("VisibilityTimeout"),
                };
                ReadMessage(item, entry.Message);
                entries.Add(entry);
            }
        }
    }

    private static void ReadMessage(FormNode form, MessageInput message)
    {
        message.Body = form["MessageBody"]?.Value is { } body ? body : default(ReadOnlyMemory<byte>?);
        message.DelaySeconds = form.Number("DelaySeconds");
        message.DeduplicationId = form.Text("MessageDeduplicationId");
        message.GroupId = form.Text("MessageGroupId");
        message.Attributes = Attributes(form, "MessageAttribute");
        message.SystemAttributes = Attributes(form, "MessageSystemAttribute");
    }

    private static List<AttributeInput>? Attributes(FormNode form, string list)
    {
        List<AttributeInput>? attributes = null;
        foreach (var item in form.Items(list))
        {
            var value = item["Value"];
            (attributes ??= []).Add(new AttributeInput
            {
                Name = item.Text("Name"),
                DataType = value?.Text("DataType"),
                StringValue = value?["StringValue"]?.Value,
                BinaryValue = value?.Text("BinaryValue") is { } text ? Binary(text) : null,
                HasListValues = value?["StringListValue"] is not null || value?["BinaryListValue"] is not null,
            });
        }

        return attributes;
    }

    private static byte[] Binary(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length] : throw SqsException.Invalid(text, "BinaryValue", "Must be base64.");
    }

    private static void Put(Dictionary<string, string> map, string? name, string? value)
    {
        if (name is not null && value is not null) map[name.Trim()] = value;
    }
}
