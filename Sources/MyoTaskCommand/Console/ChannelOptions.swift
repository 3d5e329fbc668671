import ArgumentParser
import Decoding

/// How a stream's channels become a decoder's.
struct ChannelOptions: ParsableArguments {
    @Option(
        help: """
            How the stream's channels become the bundle's: in-order, they are the same ones; \
            by-name, others are left out.
            """)
    var mapChannels: ChannelMapping = .inOrder

    @Option(
        help: ArgumentHelp(
            "The stream's channels to take, by their numbers from 1, whatever their names: 1-4,9.",
            valueName: "numbers"))
    var channels: ChannelNumbers?

    func validate() throws {
        if channels != nil, mapChannels == .byName {
            throw ValidationError("--channels and --map-channels by-name exclude each other")
        }
    }
}

extension ChannelMapping: ExpressibleByArgument {}

/// Numbers of channels, from 1 for people and from 0 in `numbers`.
struct ChannelNumbers: ExpressibleByArgument {
    let numbers: [Int]

    init?(argument: String) {
        var numbers: [Int] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
                first >= 1, last >= first, last <= SampleBlock.mostChannels
            else { return nil }
            numbers += first - 1...last - 1
        }
        self.numbers = numbers
    }
}
