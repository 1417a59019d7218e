using SetGet.Api.Problems;
using SetGet.Core.Queues;

namespace SetGet.Api.DeadLetters;

/// <summary>What operators do with dead letters: look, send back, drop.</summary>
internal sealed partial class DeadLetterQueue(DeadLetterScan scan, EventQueues queues, ILogger<DeadLetterQueue> logger)
{
    private readonly DeadLetterScan _scan = scan;
    private readonly EventQueues _queues = queues;
    private readonly ILogger<DeadLetterQueue> _logger = logger;

    public async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, DeadLetterList.Position? after, int limit, CancellationToken cancellationToken)
    {
        var list = new DeadLetterList(filter, after, limit);
        await _scan.RunAsync(
            message =>
            {
                list.Add(DeadLetter.Of(message));
                return true;
            },
            keepLast: false,
            cancellationToken);
        return list.ToPage();
    }

    /// <summary>Deletes one for good; false where there is no such one.</summary>
    public async Task<bool> DropAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } message) return false;
        await _queues.DeadLetters.DeleteAsync([message], cancellationToken);
        Log.Dropped(_logger, id);
        return true;
    }

    /// <summary>Sends one back to the events queue; false where there is no such one. A crash in between leaves it in both: twice is once.</summary>
    public async Task<bool> RedriveAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } message) return false;
        var result = (await _queues.Events.SendAsync([new OutgoingMessage(message.Body, message.GroupId, "redrive-" + message.Id, [])], cancellationToken))[0];
        if (result.Outcome != SendOutcome.Sent) throw new QueueUnavailableException(result.Detail ?? "The events queue did not take the message.");
        await _queues.DeadLetters.DeleteAsync([message], cancellationToken);
        Log.Redriven(_logger, id);
        return true;
    }

    /// <summary>Has SQS move all of them back.</summary>
    /// <exception cref="ProblemException">409: it is at it already.</exception>
    public async Task StartRedriveAsync(CancellationToken cancellationToken)
    {
        if (!await _queues.StartRedriveAsync(cancellationToken)) throw new ProblemException(ProblemKinds.RedriveRuns());
        Log.RedriveStarted(_logger);
    }

    /// <summary>The redrives of the last days, newest first.</summary>
    public async Task<RedriveList> ProgressAsync(CancellationToken cancellationToken) => new(await _queues.RedrivesAsync(cancellationToken));

    private async Task<QueueMessage?> FindAsync(string id, CancellationToken cancellationToken)
    {
        QueueMessage? found = null;
        await _scan.RunAsync(
            message =>
            {
                if (message.Id == id) found = message;
                return found is null;
            },
            keepLast: true,
            cancellationToken);
        return found;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Dropped dead letter {Id}")]
        public static partial void Dropped(ILogger logger, string id);

        [LoggerMessage(2, LogLevel.Information, "Sent dead letter {Id} back")]
        public static partial void Redriven(ILogger logger, string id);

        [LoggerMessage(3, LogLevel.Information, "SQS moves all dead letters back")]
        public static partial void RedriveStarted(ILogger logger);
    }
}
