using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Puts a <see cref="ReferenceExpression"/> together piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly StringBuilder _format = new();
    private readonly List<IValueProvider> _providers = [];
    private readonly List<string> _manifestExpressions = [];
    private readonly List<string?> _formats = [];

    public bool IsEmpty => _format.Length == 0;

    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
        => _ = handler;

    public void AppendLiteral(string value)
        => _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    public void AppendFormatted(string? value) => AppendLiteral(value ?? "");

    public void AppendFormatted(string? value, string? format)
        => AppendLiteral(string.Equals(format, "uri", StringComparison.Ordinal) ? Uri.EscapeDataString(value ?? "") : value ?? "");

    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider
        => AppendFormatted(valueProvider, format: null);

    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_providers.Count}}}");
        _providers.Add(valueProvider);
        _formats.Add(format);
        _manifestExpressions.Add(Publishing.EncodedValues.Expression(valueProvider, format));
    }

    public ReferenceExpression Build()
        => new(_format.ToString(), [.. _providers], [.. _manifestExpressions], [.. _formats]);

    /// <summary>Appends an interpolated string to a builder.</summary>
    [InterpolatedStringHandler]
    [SuppressMessage("Performance", "CA1815", Justification = "A compiler's helper: never compared.")]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
        {
            _ = literalLength + formattedCount;
            _builder = builder;
        }

        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        public void AppendFormatted(string? value, string format) => _builder.AppendFormatted(value, format);

        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider);

        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider, format);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource, format);
    }
}
