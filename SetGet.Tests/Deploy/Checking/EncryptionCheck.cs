namespace SetGet.Tests.Deploy.Checking;

/// <summary>Encryption, TLS and authentication are on wherever a resource has them, logs end some day, and secrets are in no plain environment.</summary>
internal static class EncryptionCheck
{
    private static readonly string[] SecretWords = ["password", "secret", "token", "rootkey", "apikey", "connectionstring", "accesskey"];

    public static void Check(PrunedTemplate world, Findings findings)
    {
        Each("AWS::SQS::Queue", queue => True(queue, "SqsManagedSseEnabled") || queue["KmsMasterKeyId"] is not null, "is not encrypted.");
        Each("AWS::ElastiCache::ReplicationGroup", cache => True(cache, "TransitEncryptionEnabled"), "has no TLS.");
        Each("AWS::ElastiCache::ReplicationGroup", cache => True(cache, "AtRestEncryptionEnabled"), "is not encrypted at rest.");
        Each("AWS::ElastiCache::ReplicationGroup", cache => cache["UserGroupIds"] is not null || cache["AuthToken"] is not null, "lets in everybody.");
        Each("AWS::ElastiCache::ReplicationGroup", cache => KeepsEvents(world, cache), "may evict events.");
        Each("AWS::ElastiCache::ServerlessCache", cache => cache["UserGroupId"] is not null, "lets in everybody.");
        Each("AWS::ElastiCache::ServerlessCache", cache => cache["CacheUsageLimits"]?["DataStorage"]?["Maximum"] is null, "may evict events.");
        Each("AWS::ElastiCache::User", user => user["AuthenticationMode"]?["Type"]?.Text is "password" or "iam" && !True(user, "NoPasswordRequired"), "has no password.");
        Each("AWS::ElasticLoadBalancingV2::Listener", listener => listener["Protocol"]?.Text is "HTTPS" or "TLS", "has no TLS.");
        Each("AWS::ElasticLoadBalancingV2::Listener", listener => listener["SslPolicy"]?.Text?.Contains("TLS13-1-2", StringComparison.Ordinal) == true, "allows old TLS.");
        Each("AWS::ElasticLoadBalancingV2::Listener", listener => listener["Certificates"] is not null, "has no certificate.");
        Each("AWS::ApiGateway::DomainName", domain => domain["SecurityPolicy"]?.Text is { } policy && policy != "TLS_1_0", "allows old TLS.");
        Each("AWS::ApiGateway::Stage", stage => stage["AccessLogSetting"] is not null, "logs no access.");
        Each("AWS::ApiGateway::Stage", stage => !True(stage, "CacheClusterEnabled") || (stage["MethodSettings"]?.Items.All(one => True(one, "CacheDataEncrypted")) ?? false), "caches in the clear.");
        Each("AWS::SNS::Topic", topic => topic["KmsMasterKeyId"] is not null, "is not encrypted.");
        Each("AWS::S3::Bucket", bucket => bucket["BucketEncryption"] is not null && bucket["PublicAccessBlockConfiguration"] is not null, "is not encrypted and closed.");
        Each("AWS::Logs::LogGroup", group => group["RetentionInDays"] is not null, "is kept for ever.");
        Each("AWS::Lambda::Function", function => function["Environment"]?["Variables"]?.Entries.All(entry => !IsSecret(entry.Name)) ?? true, "has a secret in its environment.");
        Each("AWS::ECS::TaskDefinition", task => PlainNames(task).All(name => !IsSecret(name)), "has a secret in its environment.");
        foreach (var (name, queue) in world.OfType("AWS::SQS::Queue"))
            if (!RefusesPlainHttp(world, name)) findings.Add(queue, $"{name}: no policy refuses plain HTTP.");

        void Each(string type, Func<TemplateNode, bool> holds, string otherwise)
        {
            foreach (var (name, resource) in world.OfType(type))
                if (!holds(resource["Properties"] ?? resource)) findings.Add(resource, $"{name} {otherwise}");
        }
    }

    private static bool True(TemplateNode node, string property) => node[property]?.Text == "true";

    private static IEnumerable<string> PlainNames(TemplateNode task)
        => (task["ContainerDefinitions"]?.Items ?? []).SelectMany(container => container["Environment"]?.Items ?? []).Select(variable => variable["Name"]?.Text ?? "");

    /// <summary>A name that ends with Arn names where a secret is, not what it is.</summary>
    private static bool IsSecret(string name)
        => !name.EndsWith("Arn", StringComparison.Ordinal) && Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool KeepsEvents(PrunedTemplate world, TemplateNode cache)
        => cache["CacheParameterGroupName"]?["Ref"]?.Text is { } group && world.Resources.TryGetValue(group, out var parameters)
        && parameters["Properties"]?["Properties"]?["maxmemory-policy"]?.Text == "noeviction";

    private static bool RefusesPlainHttp(PrunedTemplate world, string queue)
        => world.OfType("AWS::SQS::QueuePolicy").Select(policy => policy.Value["Properties"]!)
            .Where(policy => policy["Queues"]?.Items.Any(item => item["Ref"]?.Text == queue) == true)
            .SelectMany(policy => policy["PolicyDocument"]?["Statement"]?.Items ?? [])
            .Any(statement => statement["Effect"]?.Text == "Deny" && statement["Principal"]?.Text == "*" && statement["Action"]?.Text == "sqs:*"
                && statement["Condition"]?["Bool"]?["aws:SecureTransport"]?.Text == "false");
}
