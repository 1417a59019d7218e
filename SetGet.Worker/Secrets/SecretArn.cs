using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SetGet.Worker.Secrets;

/// <summary>The name of a secret: <c>arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME</c>. It tells the region to ask, too.</summary>
internal sealed partial record SecretArn(string Text, string Partition, string Region)
{
    /// <summary>Where AWS serves this region.</summary>
    public Uri Endpoint => new($"https://secretsmanager.{Region}.{(Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com")}/");

    /// <summary>False where the text is no such name.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretArn? arn)
    {
        var match = Pattern().Match(text);
        arn = match.Success ? new SecretArn(text, match.Groups["partition"].Value, match.Groups["region"].Value) : null;
        return arn is not null;
    }

    [GeneratedRegex(@"^arn:(?<partition>aws[a-z-]{0,16}):secretsmanager:(?<region>[a-z0-9-]{1,32}):[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}\z",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
