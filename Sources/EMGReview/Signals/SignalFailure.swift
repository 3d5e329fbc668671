/// Why the samples of a recording could not be read while its pyramid was filled.
struct SignalFailure: Error, CustomStringConvertible {
    let description: String
}
