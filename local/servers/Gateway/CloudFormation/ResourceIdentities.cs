namespace Gateway.CloudFormation;

/// <summary>
/// Physical ids and attributes of the types that the local servers play, and sensible ones for those that they ignore:
/// what a queue policy or a role says about them must resolve, though nothing reads it.
/// </summary>
/// <param name="queueEndpoint">Base address of the queue URLs, without a slash at its end.</param>
public sealed class ResourceIdentities(string queueEndpoint) : IResourceIdentities
{
    public string? PhysicalId(ResourceReference resource) => resource.Type switch
    {
        "AWS::SQS::Queue" => $"{queueEndpoint}/{resource.Context.AccountId}/{QueueName(resource)}",
        "AWS::IAM::Role" => resource.Text("RoleName"),
        "AWS::Lambda::Function" => resource.Text("FunctionName"),
        "AWS::ApiGateway::Stage" => resource.Text("StageName"),
        "AWS::Logs::LogGroup" => resource.Text("LogGroupName"),
        _ => null,
    };

    public string? Attribute(ResourceReference resource, string attribute) => (resource.Type, attribute) switch
    {
        ("AWS::SQS::Queue", "Arn") => Arn(resource, "sqs", QueueName(resource)),
        ("AWS::SQS::Queue", "QueueName") => QueueName(resource),
        ("AWS::SQS::Queue", "QueueUrl") => PhysicalId(resource),
        ("AWS::IAM::Role", "Arn")
            => $"arn:{resource.Context.Partition}:iam::{resource.Context.AccountId}:role/{resource.Text("RoleName") ?? resource.LogicalId}",
        ("AWS::Lambda::Function", "Arn") => Arn(resource, "lambda", "function:" + (resource.Text("FunctionName") ?? resource.LogicalId)),
        ("AWS::Logs::LogGroup", "Arn") => Arn(resource, "logs", "log-group:" + (resource.Text("LogGroupName") ?? resource.LogicalId) + ":*"),
        ("AWS::ApiGateway::RestApi", "RootResourceId") => resource.LogicalId + ".root",
        ("AWS::ApiGateway::RestApi", "RestApiId") => resource.LogicalId,
        _ when attribute.EndsWith("Arn", StringComparison.Ordinal) => Arn(resource, Service(resource.Type), resource.LogicalId),
        _ when attribute.EndsWith("Id", StringComparison.Ordinal) => resource.LogicalId,
        _ => null,
    };

    /// <summary>CloudFormation makes up a name from stack and logical id where the template has none; so does this, without its random part.</summary>
    public static string QueueName(ResourceReference resource) => resource.Text("QueueName")
        ?? $"{resource.Context.StackName}-{resource.LogicalId}" + (IsTrue(resource.Text("FifoQueue")) ? ".fifo" : "");

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    private static string Arn(ResourceReference resource, string service, string name)
        => $"arn:{resource.Context.Partition}:{service}:{resource.Context.Region}:{resource.Context.AccountId}:{name}";

    private static string Service(string type) => type.Split("::") is [_, var service, ..] ? service.ToLowerInvariant() : "local";
}
