using System.CommandLine;
using Amazon.SQS;
using Amazon.SQS.Model;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Drain;

/// <summary>
/// Receives and deletes, and does nothing else: what the queue and its client allow on this machine. It has the worker's client, its number of
/// pollers and its attributes.
/// </summary>
internal sealed class BareConsumer(IAmazonSQS sqs, string queueUrl)
{
    /// <summary>Runs it as a process of its own, so that its processor time is known. Not for people.</summary>
    internal const string CommandName = "bare-consumer";

    /// <summary>As many as the worker has by default.</summary>
    internal const int Pollers = 8;

    internal static Command Create()
    {
        var queue = new Argument<string>("queue");
        var command = new Command(CommandName, "Receives and deletes alone.") { queue };
        command.Hidden = true;
        command.SetAction(async (options, cancellationToken) =>
        {
            var url = options.GetValue(queue)!;
            using var sqs = Backbone.Client(new Uri(url).GetLeftPart(UriPartial.Authority));
            await new BareConsumer(sqs, url).RunAsync(static _ => { }, cancellationToken);
        });
        return command;
    }

    /// <summary>Until it is cancelled.</summary>
    /// <param name="received">Is told of each message, before it is deleted.</param>
    internal Task RunAsync(Action<Message> received, CancellationToken cancellationToken)
        => Task.WhenAll(Enumerable.Range(0, Pollers).Select(_ => Task.Run(() => PollAsync(received, cancellationToken), CancellationToken.None)));

    private async Task PollAsync(Action<Message> received, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = queueUrl,
            MaxNumberOfMessages = 10,
            WaitTimeSeconds = 20,
            VisibilityTimeout = 30,
            MessageSystemAttributeNames = ["ApproximateReceiveCount", "SentTimestamp", "MessageGroupId"],
        };
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var messages = (await sqs.ReceiveMessageAsync(request, cancellationToken)).Messages;
                if (messages is not { Count: > 0 }) continue;
                messages.ForEach(received);
                await sqs.DeleteMessageBatchAsync(
                    queueUrl, [.. messages.Select((m, i) => new DeleteMessageBatchRequestEntry($"{i}", m.ReceiptHandle))], cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to end.
        }
    }
}
