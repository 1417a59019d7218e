using System.Text;
using SetGet.Worker.Secrets;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>What Secrets Manager answers: a text, or a sentence why there is none, which does not hold the answer.</summary>
internal sealed class SecretTarget() : FuzzTarget("secret")
{
    public override IEnumerable<string> Seeds { get; } =
    [
        """{"ARN":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-AbCdEf","Name":"redis","SecretString":"a-secret","VersionStages":["AWSCURRENT"]}""",
        """{"SecretBinary":"YQ=="}""",
    ];

    public override IReadOnlyList<string> Tokens { get; } = ["\"SecretString\":", "\"", "\\u0000", "\\ud800", "null", "{", "}", "[", "]", ",", ":", "1e999"];

    public override int AllocationPerByte => 400;

    public override double Weight => 2;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var body = Encoding.UTF8.GetString(input.Span);
        try
        {
            SecretsManagerClient.Text(body);
        }
        catch (SecretException refusal)
        {
            Require(refusal.Message.StartsWith("Secrets Manager's answer cannot be read", StringComparison.Ordinal) || refusal.Message.StartsWith("The secret is binary", StringComparison.Ordinal), refusal.Message);
        }
    }
}
