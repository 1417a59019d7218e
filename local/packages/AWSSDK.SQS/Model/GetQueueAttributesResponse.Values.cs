namespace Amazon.SQS.Model;

/// <content>The usual attributes as values. A counter or setting that was not asked for reads as zero, false or null.</content>
public partial class GetQueueAttributesResponse
{
    public int ApproximateNumberOfMessages => Number(QueueAttributeName.ApproximateNumberOfMessages);

    public int ApproximateNumberOfMessagesDelayed => Number(QueueAttributeName.ApproximateNumberOfMessagesDelayed);

    public int ApproximateNumberOfMessagesNotVisible => Number(QueueAttributeName.ApproximateNumberOfMessagesNotVisible);

    /// <summary>Seconds.</summary>
    public int DelaySeconds => Number(QueueAttributeName.DelaySeconds);

    /// <summary>Bytes.</summary>
    public int MaximumMessageSize => Number(QueueAttributeName.MaximumMessageSize);

    /// <summary>Seconds.</summary>
    public int MessageRetentionPeriod => Number(QueueAttributeName.MessageRetentionPeriod);

    /// <summary>Seconds.</summary>
    public int VisibilityTimeout => Number(QueueAttributeName.VisibilityTimeout);

    public DateTime CreatedTimestamp => Time(QueueAttributeName.CreatedTimestamp);

    public DateTime LastModifiedTimestamp => Time(QueueAttributeName.LastModifiedTimestamp);

    public bool FifoQueue => Flag(QueueAttributeName.FifoQueue);

    public bool ContentBasedDeduplication => Flag(QueueAttributeName.ContentBasedDeduplication);

    public string? Policy => Text(QueueAttributeName.Policy);

    public string? QueueARN => Text(QueueAttributeName.QueueArn);

    private string? Text(string name) => Attributes?.GetValueOrDefault(name);

    private int Number(string name) => int.TryParse(Text(name), out var value) ? value : 0;

    private bool Flag(string name) => bool.TryParse(Text(name), out var value) && value;

    private DateTime Time(string name) =>
        DateTimeOffset.FromUnixTimeSeconds(long.TryParse(Text(name), out var seconds) ? seconds : 0).UtcDateTime;
}
