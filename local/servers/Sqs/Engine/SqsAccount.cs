namespace Sqs.Engine;

/// <summary>An account in one region: queues of the same name in two of them have nothing to do with each other.</summary>
/// <param name="Region">As in <c>us-east-1</c>.</param>
/// <param name="Id">Twelve digits.</param>
internal sealed record SqsAccount(string Region, string Id)
{
    private const int ArnParts = 6;
    private const int IdLength = 12;

    private string Partition
        => Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    public static bool IsId(string text) => text.Length == IdLength && text.All(char.IsAsciiDigit);

    public string Arn(string queueName) => $"arn:{Partition}:sqs:{Region}:{Id}:{queueName}";

    /// <summary>The account and the queue's name of an ARN.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (SqsAccount Account, string Name) OfArn(string arn) => arn.Split(':') is { Length: ArnParts } parts
        ? (new SqsAccount(parts[3], parts[4]), parts[5]) : throw new FormatException($"'{arn}' is not the ARN of a queue.");

    /// <summary>This account with what differs; what is empty does not.</summary>
    public SqsAccount With(string? region, string? id) => new(string.IsNullOrEmpty(region) ? Region : region, string.IsNullOrEmpty(id) ? Id : id);
}
