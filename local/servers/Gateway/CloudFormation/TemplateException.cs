namespace Gateway.CloudFormation;

/// <summary>A template that cannot be used. The message names the place in the template, what is wrong there and what would be right.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(string message) : base(message) { }

    public TemplateException(string message, Exception inner) : base(message, inner) { }

    public TemplateException() { }

    internal static TemplateException At(string path, string problem) => new($"{path}: {problem}");
}
