import ArgumentParser

/// Does the work of the peers under `Benchmarks/peers`, measured inside the process, without
/// start-up and without making the data.
@main
struct MyoTaskBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "myotask-bench",
        abstract: "Measures parts of MyoTask beside other tools; Benchmarks/bench.py calls it.",
        subcommands: [
            HDF5Write.self, HDF5Read.self, ParseCSV.self, MatrixProducts.self, MetaStep.self,
            ImageStep.self,
        ])
}
