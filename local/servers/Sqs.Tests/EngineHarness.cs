using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sqs.Engine;

namespace Sqs.Tests;

/// <summary>An engine without a network, driven call by call with a fake clock.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    public static readonly SqsAccount Account = new("us-east-1", "000000000000");

    public EngineHarness(EngineState? state = null, Storage.Journal? journal = null, FakeTimeProvider? clock = null)
    {
        Clock = clock ?? new FakeTimeProvider();
        Engine = new SqsEngine(Clock, Account, state, journal);
    }

    public FakeTimeProvider Clock { get; }

    public SqsEngine Engine { get; }

    public Task<T> RunAsync<T>(Func<long, T> operation) => Engine.CommitAsync(operation).AsTask();

    public Task<SqsQueue> CreateAsync(string name, params (string Name, string Value)[] attributes) => RunAsync(now
        => QueueRegistry.Create(Engine, Account, name, attributes.ToDictionary(pair => pair.Name, pair => pair.Value), new Dictionary<string, string>(), now));

    public Task<SentOnce> SendAsync(SqsQueue queue, string body, string? group = null, string? deduplicationId = null, int? delay = null)
        => RunAsync(now => Sender.Send(Engine, queue, Message(body, group, deduplicationId, delay), now));

    public Task<List<ReceivedMessage>> ReceiveAsync(SqsQueue queue, int maximum = 10, int? visibility = null)
        => RunAsync(now => Receiver.Take(Engine, queue, new ReceiveRequest(maximum, visibility, null), now));

    public Task<bool> DeleteAsync(SqsQueue queue, ReceiptHandle handle) => RunAsync(now =>
    {
        Handles.Delete(Engine, queue, handle.ToString(), now);
        return true;
    });

    public Task<bool> ChangeAsync(SqsQueue queue, ReceiptHandle handle, int seconds) => RunAsync(now =>
    {
        Handles.ChangeVisibility(Engine, queue, handle.ToString(), seconds, now);
        return true;
    });

    public static MessageInput Message(string body, string? group = null, string? deduplicationId = null, int? delay = null)
        => new() { Body = Encoding.UTF8.GetBytes(body), GroupId = group, DeduplicationId = deduplicationId, DelaySeconds = delay };

    public static string Body(ReceivedMessage message) => Encoding.UTF8.GetString(message.Message.Body.Span);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
