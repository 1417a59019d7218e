using System.Reflection;
using Aspire.Hosting.Building;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an app host's entry point, and stops it where it builds until the test has made its changes.</summary>
internal sealed class EntryPointInterceptor : BuilderInterceptor
{
    private readonly Assembly _assembly;
    private readonly Action<DistributedApplicationOptions, HostApplicationBuilderSettings> _configure;
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _constructed = NewSource<DistributedApplicationBuilder>();
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = NewSource<DistributedApplication>();

    public EntryPointInterceptor(Assembly assembly, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        _assembly = assembly;
        _configure = configure;
    }

    /// <summary>Runs the entry point up to where it builds.</summary>
    public async Task<IDistributedApplicationTestingBuilder> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var entryPoint = _assembly.EntryPoint
            ?? throw new InvalidOperationException($"{_assembly.GetName().Name} has no entry point: it is no app host.");
        var thread = new Thread(() => Invoke(entryPoint, args)) { IsBackground = true, Name = $"{_assembly.GetName().Name} entry point" };
        thread.Start();
        var builder = await _constructed.Task.WaitAsync(cancellationToken);
        await Paused.Task.WaitAsync(cancellationToken);
        return new TestingBuilder(builder, BuildAsync, Abandon);
    }

    public override void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName ??= _assembly.GetName().Name;
        options.DisableDashboard = true;
        settings.EnvironmentName ??= Environments.Development;
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(TestDefaults.Configuration(_assembly));
        _configure(options, settings);
    }

    public override void OnConstructed(DistributedApplicationBuilder builder) => _constructed.TrySetResult(builder);

    public override void OnBuilding(DistributedApplicationBuilder builder)
    {
        Paused.TrySetResult();
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public override void OnBuilt(DistributedApplication application) => _built.TrySetResult(application);

    private TaskCompletionSource Paused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult();
        return _built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets an entry point that the test never built come to its end.</summary>
    private void Abandon()
        => _mayBuild.TrySetException(new OperationCanceledException("The test disposed of the builder without building."));

    private void Invoke(MethodInfo entryPoint, string[] args)
    {
        Current = this;
        try
        {
            entryPoint.Invoke(obj: null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
            Fail(new InvalidOperationException($"{_assembly.GetName().Name} ended without building an application."));
        }
        catch (TargetInvocationException exception)
        {
            Fail(exception.InnerException ?? exception);
        }
    }

    private void Fail(Exception exception)
    {
        _constructed.TrySetException(exception);
        Paused.TrySetException(exception);
        _built.TrySetException(exception);
    }
}
