namespace Sqs.Engine;

/// <summary>An account in one region: queues of the same name in two of them have nothing to do with each other.</summary>
/// <param name="Region">As in <c>us-east-1</c>.</param>
/// <param name="Id">Twelve digits.</param>
internal sealed record SqsAccount(string Region, string Id)
{
    private const int ArnParts = 6;
    private const int IdLength = 12;
    private const int MaximumRegionLength = 32;

    private string Partition
        => Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Lower-case letters and digits in at least three parts, as all regions are named.</summary>
    public static bool IsRegion(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaximumRegionLength || text.Count('-') < 2 || !char.IsAsciiDigit(text[^1])) return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') return false;
        return true;
    }

    public string Arn(string queueName) => $"arn:{Partition}:sqs:{Region}:{Id}:{queueName}";

    /// <summary>The account and the queue's name of an ARN.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (SqsAccount Account, string Name) OfArn(string arn) => arn.Split(':') is { Length: ArnParts } parts
        ? (new SqsAccount(parts[3], parts[4]), parts[5]) : throw new FormatException($"'{arn}' is not the ARN of a queue.");

    /// <summary>This account, or the same object with what differs.</summary>
    public SqsAccount With(ReadOnlySpan<char> region, ReadOnlySpan<char> id)
    {
        var sameRegion = region.IsEmpty || region.SequenceEqual(Region);
        var sameId = id.IsEmpty || id.SequenceEqual(Id);
        return sameRegion && sameId ? this : new SqsAccount(sameRegion ? Region : region.ToString(), sameId ? Id : id.ToString());
    }
}
