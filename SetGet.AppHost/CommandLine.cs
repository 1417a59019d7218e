namespace SetGet.AppHost;

/// <summary>The switches that are this app host's own; all others are Aspire's.</summary>
/// <param name="UseAwsAccount"><c>--aws</c>: SQS and gateway from CloudFormation, in the developer's AWS account.</param>
/// <param name="Rest">What is left for Aspire.</param>
internal sealed record CommandLine(bool UseAwsAccount, string[] Rest)
{
    private const string Aws = "--aws";

    public static CommandLine Read(string[] args) => new(args.Contains(Aws), [.. args.Where(a => a != Aws)]);
}
