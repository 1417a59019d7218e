using SetGet.Tests.Deploy.Checking;

namespace SetGet.Tests.Deploy;

/// <summary>The checker itself: a sound template passes, and each kind of mistake is reported where it is.</summary>
public sealed class CheckerTests
{
    private const string Sound = """
        Parameters:
          Mode:
            Type: String
            Default: small
            AllowedValues: [small, large]
            Description: How large the function is.
          Names:
            Type: CommaDelimitedList
            Default: 'a,b'
            AllowedPattern: '[a-z]+'
            Description: Names of something.
          Days:
            Type: Number
            Default: 7
            MinValue: 1
            MaxValue: 30
            Description: Days that logs are kept.
        Mappings:
          Sizes:
            small: { Memory: 256 }
            large: { Memory: 512 }
        Conditions:
          IsLarge: !Equals [!Ref Mode, large]
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Condition: IsLarge
            Properties:
              RetentionInDays: !Ref Days
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Statement:
                  - { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }
              Policies:
                - PolicyName: queue
                  PolicyDocument:
                    Statement:
                      - Effect: Allow
                        Action: sqs:SendMessage
                        Resource: !GetAtt Queue.Arn
          Queue:
            Type: AWS::SQS::Queue
            DependsOn: Role2
            Properties:
              SqsManagedSseEnabled: true
              VisibilityTimeout: 30
          Role2:
            Type: AWS::IAM::Role
            Properties:
              ManagedPolicyArns: !Ref Names
              AssumeRolePolicyDocument:
                Statement:
                  - { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Queue.Arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Role: !GetAtt Role.Arn
              MemorySize: !FindInMap [Sizes, !Ref Mode, Memory]
              Code: { S3Bucket: code, S3Key: !Sub '${AWS::StackName}/${Queue.QueueName}.zip' }
              LoggingConfig: !If [IsLarge, { LogGroup: !Ref Group }, !Ref 'AWS::NoValue']
              Environment:
                Variables:
                  QUEUE: !Ref Queue
        """;

    [Fact]
    public void Check_SoundTemplate_FindsNothing() => Assert.Empty(TemplateCheck.Run(TemplateFile.Parse(Sound), schema: null));

    [Theory]
    [InlineData("[!Ref Queue]", "[!Ref Quue]", "there is no 'Quue'")]
    [InlineData("!GetAtt Role.Arn", "!GetAtt Rolle.Arn", "there is no 'Rolle'")]
    [InlineData("${Queue.QueueName}", "${Quue.QueueName}", "there is no 'Quue'")]
    [InlineData("${AWS::StackName}", "${AWS::Stack}", "there is no 'AWS::Stack'")]
    [InlineData("DependsOn: Role2", "DependsOn: Role3", "there is no 'Role3'")]
    [InlineData("!If [IsLarge,", "!If [IsHuge,", "the condition 'IsHuge' is not declared")]
    [InlineData("Condition: IsLarge", "Condition: IsHuge", "the condition 'IsHuge' is not declared")]
    [InlineData("!If [IsLarge, { LogGroup: !Ref Group }, !Ref 'AWS::NoValue']", "{ LogGroup: !Ref Group }", "has a condition under which it is not there")]
    [InlineData("!Equals [!Ref Mode, large]", "!Equals [!Ref Mode]", "is no condition")]
    [InlineData("[Sizes, !Ref Mode, Memory]", "[Sizes, !Ref Mode, Cpu]", "there is no Sizes.small.Cpu")]
    [InlineData("large: { Memory: 512 }", "huge: { Memory: 512 }", "there is no Sizes.large.Memory")]
    [InlineData("!Ref Names", "['arn:x']", "nothing uses 'Names'")]
    [InlineData("!Ref Mode, Memory]", "!Reff Mode, Memory]", "is no function")]
    public void Check_BrokenReference_IsReported(string sound, string broken, string finding) => AssertReported(sound, broken, finding);

    [Theory]
    [InlineData("Resource: !GetAtt Queue.Arn\n  Queue:", "Resource: '*'\n  Queue:", "Resource has a wildcard")]
    [InlineData("Action: sqs:SendMessage", "Action: sqs:*", "Action has a wildcard")]
    [InlineData("Principal: { Service: lambda.amazonaws.com } }\n      Policies", "Principal: '*' }\n      Policies", "Principal has a wildcard")]
    [InlineData("Action: sqs:SendMessage", "NotAction: sqs:SendMessage", "NotAction allows everything else")]
    [InlineData("SqsManagedSseEnabled: true", "DelaySeconds: 1", "is not encrypted")]
    [InlineData("'aws:SecureTransport': 'false'", "'aws:SecureTransport': 'true'", "no policy refuses plain HTTP")]
    [InlineData("RetentionInDays: !Ref Days", "LogGroupName: !Sub 'x${Days}'", "is kept for ever")]
    [InlineData("QUEUE: !Ref Queue", "QUEUE_PASSWORD: !Ref Queue", "has a secret in its environment")]
    public void Check_UnsafeResource_IsReported(string sound, string broken, string finding) => AssertReported(sound, broken, finding);

    [Theory]
    [InlineData("# why\n")]
    [InlineData("\n")]
    public void Check_WildcardWithoutAReason_IsReported(string comment)
        => AssertReported("Resource: !GetAtt Queue.Arn\n  Queue:", $"Resource: '*' {comment}  Queue:", "no comment says why");

    [Theory]
    [InlineData("Resource: '*' # AWS knows no resources for this action\n")]
    [InlineData("# AWS knows no resources for this action\n                Resource: '*'\n")]
    public void Check_WildcardWithAReason_IsAccepted(string resource)
        => Assert.Empty(TemplateCheck.Run(TemplateFile.Parse(Replaced("Resource: !GetAtt Queue.Arn\n  Queue:", resource + "  Queue:")), schema: null));

    [Theory]
    [InlineData("    Default: 7\n", "\n", "Days has no default")]
    [InlineData("Default: 7", "Default: 31", "its default '31' is not allowed")]
    [InlineData("Default: small", "Default: tiny", "its default 'tiny' is not allowed")]
    [InlineData("Default: 'a,b'", "Default: 'a,B'", "its default 'a,B' is not allowed")]
    [InlineData("    MaxValue: 30\n", "\n", "Days has no bounds")]
    [InlineData("Description: Names of something.", "Description: ''", "Names has no description")]
    public void Check_LooseParameter_IsReported(string sound, string broken, string finding) => AssertReported(sound, broken, finding);

    [Theory]
    [InlineData("small: { Memory: 256 }", "sm_all: { Memory: 256 }", "'sm_all' is no key of a mapping")]
    [InlineData("small: { Memory: 256 }", "small: { Memory-MB: 256 }", "'Memory-MB' is no name of a mapping's value")]
    [InlineData("  Sizes:", "  All.Sizes:", "'All.Sizes' is no name")]
    [InlineData("  Role2:\n", "  Role_2:\n", "'Role_2' is no name")]
    public void Check_NameThatCloudFormationRefuses_IsReported(string sound, string broken, string finding) => AssertReported(sound, broken, finding);

    /// <summary>The same of the template that is deployed: each of its promises is really looked at.</summary>
    [Theory]
    [InlineData("maxmemory-policy: noeviction", "maxmemory-policy: volatile-lru", "may evict events")]
    [InlineData("TransitEncryptionEnabled: true", "TransitEncryptionEnabled: false", "has no TLS")]
    [InlineData("UserGroupIds: [!Ref CacheUserGroup]", "NetworkType: ipv4", "lets in everybody")]
    [InlineData("Protocol: HTTPS", "Protocol: HTTP", "has no TLS")]
    [InlineData("{ Name: SetGet__RootKey, ValueFrom:", "{ Name: x, ValueFrom:", null)]
    [InlineData("{ Name: OTEL_SERVICE_NAME, Value: api }", "{ Name: SetGet__RootKey, Value: api }", "has a secret in its environment")]
    [InlineData(" # X-Ray has no resources that these actions could name: AWS accepts a wildcard only.", "", "Resource has a wildcard")]
    [InlineData("  ServerlessCache:\n    Type: AWS::ElastiCache::ServerlessCache\n    Condition: CacheIsServerless", "  ServerlessCache:\n    Type: AWS::ElastiCache::ServerlessCache\n    Condition: HasDashboard", "has a condition under which it is not there")]
    [InlineData("Secrets: !If\n            - HasDashboard", "Secrets: !If\n            - HasKmsKey", "has a condition under which it is not there")]
    public void Check_ServiceTemplateWithAMistake_IsReported(string sound, string broken, string? finding)
    {
        var text = File.ReadAllText(Templates.PathOf("service.yaml")).ReplaceLineEndings("\n");
        Assert.Contains(sound, text, StringComparison.Ordinal);

        var findings = TemplateCheck.Run(TemplateFile.Parse(text.Replace(sound, broken, StringComparison.Ordinal)), schema: null);

        if (finding is null) Assert.Empty(findings);
        else Assert.Contains(findings, message => message.Contains(finding, StringComparison.Ordinal));
    }

    [Theory, Needs(Needs.Npm | Needs.Node)]
    [InlineData("", "", null)]
    [InlineData("AWS::Lambda::Function", "AWS::Lambda::Funktion", "there is no resource type 'AWS::Lambda::Funktion'")]
    [InlineData("VisibilityTimeout: 30", "VisibilityTimeOut: 30", "there is no property 'VisibilityTimeOut'")]
    [InlineData("S3Key:", "S3Keys:", "there is no property 'S3Keys'")]
    [InlineData("VisibilityTimeout: 30", "VisibilityTimeout: thirty", "must be integer")]
    [InlineData("VisibilityTimeout: 30", "VisibilityTimeout: '30'", "must be integer")]
    [InlineData("VisibilityTimeout: 30", "VisibilityTimeout: !Ref Names", "gives array")]
    [InlineData("SqsManagedSseEnabled: true", "SqsManagedSseEnabled: 'true'", "must be boolean")]
    [InlineData("ManagedPolicyArns: !Ref Names", "ManagedPolicyArns: !Join [',', !Ref Names]", "gives string")]
    [InlineData("Queues: [!Ref Queue]", "Queues: x", "must be array")]
    [InlineData("Queues: [!Ref Queue]", "Other: [!Ref Queue]", "the required property 'Queues' is missing")]
    [InlineData("!GetAtt Role.Arn", "!GetAtt Role.Name", "has no attribute 'Name'")]
    [InlineData("${Queue.QueueName}", "${Queue.Name}", "has no attribute 'Name'")]
    [InlineData("S3Bucket: code,", "S3Bucket: code, S3ObjectStorageMode: BORROW,", "it must be one of")]
    [InlineData("DependsOn: Role2", "DependOn: Role2", "a resource has no 'DependOn'")]
    public async Task Check_AgainstTheSchema_IsReported(string sound, string broken, string? finding)
    {
        var template = TemplateFile.Parse(Replaced(sound, broken));

        var findings = TemplateCheck.Run(template, await Templates.SchemaAsync());

        if (finding is null) Assert.Empty(findings);
        else Assert.Contains(findings, message => message.Contains(finding, StringComparison.Ordinal));
    }

    private static void AssertReported(string sound, string broken, string finding)
        => Assert.Contains(TemplateCheck.Run(TemplateFile.Parse(Replaced(sound, broken)), schema: null), message => message.Contains(finding, StringComparison.Ordinal));

    /// <summary>The sound template with one change; a change that changes nothing would test nothing.</summary>
    private static string Replaced(string sound, string broken)
    {
        if (sound.Length == 0) return Sound;
        var text = Sound.ReplaceLineEndings("\n");
        Assert.Contains(sound, text, StringComparison.Ordinal);
        return text.Replace(sound, broken, StringComparison.Ordinal);
    }
}
