using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values in it that are known later: when the application runs, or in the place it is deployed to.</summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = new("", [], [], []);

    private readonly string[] _manifestExpressions;
    private readonly string?[] _formats;
    private readonly IValueProvider[] _providers;

    internal ReferenceExpression(string format, IValueProvider[] providers, string[] manifestExpressions, string?[] formats)
    {
        Format = format;
        _providers = providers;
        _manifestExpressions = manifestExpressions;
        _formats = formats;
    }

    /// <summary>The text as a composite format string.</summary>
    public string Format { get; }

    public IReadOnlyList<string> ManifestExpressions => _manifestExpressions;

    public IReadOnlyList<IValueProvider> ValueProviders => _providers;

    /// <summary>By value: how it is encoded (<c>uri</c>), or null for as it is.</summary>
    public IReadOnlyList<string?> StringFormats => _formats;

    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, _manifestExpressions);

    IEnumerable<object> IValueWithReferences.References => _providers;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
        => GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        var values = new object?[_providers.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Encode(await _providers[i].GetValueAsync(context, cancellationToken), _formats[i]);
        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    private static string? Encode(string? value, string? format) => format switch
    {
        null or "" => value,
        "uri" => value is null ? null : Uri.EscapeDataString(value),
        _ => throw new FormatException($"'{format}' is no format of a reference expression: there is only 'uri'."),
    };

    /// <summary>Collects an interpolated string without resolving its values.</summary>
    [InterpolatedStringHandler]
    [SuppressMessage("Performance", "CA1815", Justification = "A compiler's helper: never compared.")]
    public ref struct ExpressionInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
        {
            _ = literalLength + formattedCount;
            _builder = new ReferenceExpressionBuilder();
        }

        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        public readonly void AppendFormatted(string? value, string? format = null) => _builder.AppendFormatted(value, format);

        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider);

        public void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider, format);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource, format);

        internal readonly ReferenceExpression Build() => _builder.Build();
    }
}
