namespace SetGet.AppHost;

/// <summary>The switches that are this app host's own; all others are Aspire's.</summary>
/// <param name="UseContainers"><c>--containers</c>: Redis as its real container, with a data volume and RedisInsight. Needs a container engine.</param>
/// <param name="UseAwsAccount"><c>--aws</c>: SQS and gateway from CloudFormation, in the developer's AWS account.</param>
/// <param name="WorkerAsLambda"><c>--lambda</c>: the worker runs as a Lambda function, invoked by the local SQS.</param>
/// <param name="UseHttps"><c>--https</c>: the API speaks HTTPS too. Needs a development certificate. The launch profile <c>https</c> has it, and the dashboard's addresses.</param>
/// <param name="Rest">What is left for Aspire.</param>
internal sealed record CommandLine(bool UseContainers, bool UseAwsAccount, bool WorkerAsLambda, bool UseHttps, string[] Rest)
{
    internal const string Containers = "--containers";
    private const string Aws = "--aws";
    private const string Lambda = "--lambda";
    private const string Https = "--https";

    public static CommandLine Read(string[] args)
        => new(args.Contains(Containers), args.Contains(Aws), args.Contains(Lambda), args.Contains(Https), [.. args.Where(a => a is not (Containers or Aws or Lambda or Https))]);
}
