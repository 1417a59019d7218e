using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Shows a parameter and its value.</summary>
internal static class ParameterReports
{
    public static async Task ShowAsync(ParameterResource parameter, EngineServices services, CancellationToken cancellationToken)
    {
        ResourceStateSnapshot state;
        string? value;
        try
        {
            value = await parameter.GetValueAsync(cancellationToken);
            state = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success);
        }
        catch (DistributedApplicationException exception)
        {
            value = exception.Message;
            state = new ResourceStateSnapshot("Value missing", KnownResourceStateStyles.Error);
        }

        await services.Notifications.PublishUpdateAsync(parameter, s => s with
        {
            State = state,
            Properties =
            [
                .. s.Properties.Where(p => p.Name != "Value" && p.Name != CustomResourceKnownProperties.Source),
                new(CustomResourceKnownProperties.Source, $"{(parameter.IsConnectionString ? "ConnectionStrings" : "Parameters")}:{parameter.Name}"),
                new("Value", value) { IsSensitive = parameter.Secret },
            ],
        });
    }
}
