using Microsoft.Extensions.Options;
using SetGet.Core.Queues;
using SetGet.Worker.Processing;

namespace SetGet.Worker.Polling;

/// <summary>Receives from the events queue; nothing while Redis is away.</summary>
internal sealed class MessageSource(EventQueues queues, RedisCircuit circuit, IOptions<WorkerOptions> options, TimeProvider time)
{
    private readonly RedisCircuit _circuit = circuit;
    private readonly TimeProvider _time = time;
    private readonly TimeSpan _wait = TimeSpan.FromSeconds(options.Value.WaitSeconds);
    private readonly TimeSpan _visibility = TimeSpan.FromSeconds(options.Value.VisibilitySeconds);

    public Queue Queue { get; } = queues.Events;

    /// <summary>At most ten messages, none where none came, and when receiving began.</summary>
    public async Task<(IReadOnlyList<QueueMessage> Messages, DateTimeOffset Began)> ReceiveAsync(CancellationToken cancellationToken)
    {
        await _circuit.WaitUntilClosedAsync(cancellationToken);
        var began = _time.GetUtcNow();
        return (await Queue.ReceiveAsync(_wait, _visibility, withAttributes: false, cancellationToken), began);
    }
}
