using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>Making stacks in AWS is what the official package does: the stand-in publishes them, and refuses to run them.</summary>
internal static class Provisioning
{
    public const string WhatToDo =
        "making CloudFormation stacks needs the official packages. Build with them from a feed that has them "
        + "(AspirePackages=true dotnet run --project APPHOST -- ...), with AWS credentials at hand; "
        + "or run without the stack, on what plays AWS on this machine.";

    public static void RefuseToRun(IDistributedApplicationBuilder builder, ICloudFormationResource resource)
        => builder.Eventing.Subscribe<BeforeStartEvent>((_, _) => builder.ExecutionContext.IsRunMode
            ? throw new DistributedApplicationException($"Stack '{resource.Name}' cannot be made: {WhatToDo}")
            : Task.CompletedTask);
}
