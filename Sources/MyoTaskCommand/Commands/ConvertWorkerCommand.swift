import ArgumentParser
import EMGBatch

/// `myotask convert-worker`: what `convert` and `run` start to read files whose parsers are native
/// libraries.
struct ConvertWorkerCommand: ParsableCommand {
    static let name = "convert-worker"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Read the files named on standard input.",
        shouldDisplay: false)

    @OptionGroup var settings: ConversionOptions

    @Option(name: .customLong("to")) var target = ConversionFormat.archive

    @Flag var json = false

    func run() throws {
        let conversion = try settings.conversion()
        try SourceWorker(
            options: conversion.options, registry: conversion.registry,
            memoryBudget: conversion.memoryBudget / conversion.threads
        ).serve()
    }
}
