namespace Aspire.Hosting.Building
{
    /// <summary>Names as parts of environment variables.</summary>
    internal static class VariableNames
    {
        /// <summary>Upper case; what is no ASCII letter or digit becomes '_', and a leading digit gets one in front.</summary>
        public static string Encode(string name)
        {
            var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
            return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
        }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>The kinds of variables that a reference gives.</summary>
    [Flags]
    public enum ReferenceEnvironmentInjectionFlags
    {
        None = 0,
        ConnectionString = 1,
        ConnectionProperties = 2,
        ServiceDiscovery = 4,
        Endpoints = 8,
        All = 15,
    }

    /// <summary>Which variables references give to the resource.</summary>
    public sealed class ReferenceEnvironmentInjectionAnnotation : IResourceAnnotation
    {
        public ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) => Flags = flags;

        public ReferenceEnvironmentInjectionFlags Flags { get; }
    }
}
