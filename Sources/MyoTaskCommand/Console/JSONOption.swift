import ArgumentParser

/// The option of commands whose results programs can read.
struct JSONOption: ParsableArguments {
    @Flag(help: "Print one JSON object for programs instead of text.")
    var json = false
}

/// A command that can print for programs; an error that ends it is printed so, too.
protocol PrintsJSON {
    /// Whether programs read the output.
    var printsJSON: Bool { get }
}
