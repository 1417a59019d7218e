using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Building;

namespace Aspire.Hosting;

/// <summary>Adds parameters and connection strings.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter that configuration gives, as <c>Parameters:NAME</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        bool secret = false)
        => builder.AddResource(FromConfiguration(builder, name, $"Parameters:{name}", secret, parameterDefault: null));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false)
        => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false)
    {
        if (publishValueAsDefault && secret)
            throw new ArgumentException("A secret cannot be published as a default.", nameof(secret));
        var parameter = new ParameterResource(name, _ => valueGetter(), secret);
        if (publishValueAsDefault)
            parameter.Default = new ConstantParameterDefault(valueGetter);
        return builder.AddResource(parameter);
    }

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false)
        => builder.AddResource(FromConfiguration(
            builder,
            name,
            $"Parameters:{name}",
            secret,
            persist && builder.ExecutionContext.IsRunMode ? new OncePerRunDefault(builder, name, value) : value));

    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder,
        string name,
        string configurationKey,
        bool secret = false)
        => builder.AddResource(FromConfiguration(builder, name, configurationKey, secret, parameterDefault: null));

    /// <summary>A connection string that configuration gives, as <c>ConnectionStrings:NAME</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        string name,
        string? environmentVariableName = null)
        => builder.AddResource(new ConfiguredConnectionString(builder.Configuration, name, environmentVariableName));

    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder,
        string description,
        bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>A generated password, at least 22 characters long.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        var generated = new GenerateParameterDefault
        {
            // 22 characters of 62 kinds carry 128 bits.
            MinLength = 22,
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        return CreateGeneratedParameter(builder, name, secret: true, generated);
    }

    public static ParameterResource CreateGeneratedParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool secret,
        GenerateParameterDefault parameterDefault)
    {
        ParameterDefault value = builder.ExecutionContext.IsRunMode
            ? new OncePerRunDefault(builder, name, parameterDefault)
            : parameterDefault;
        return FromConfiguration(builder, name, $"Parameters:{name}", secret, value);
    }

    private static ParameterResource FromConfiguration(
        IDistributedApplicationBuilder builder,
        string name,
        string key,
        bool secret,
        ParameterDefault? parameterDefault)
        => new(
            name,
            fallback => builder.Configuration[key] ?? fallback?.GetDefaultValue() ?? throw new MissingParameterValueException(
                $"Parameter '{name}' has no value: set '{key}' in appsettings.json, in user secrets, "
                + $"as the environment variable {key.Replace(":", "__", StringComparison.Ordinal)}, or as --{key}=VALUE."),
            secret) { Default = parameterDefault };
}
