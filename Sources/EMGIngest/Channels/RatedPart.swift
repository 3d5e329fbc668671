/// Channels of one rate that are one recording of a source.
struct RatedPart: NamedPart {
    /// What is known of a channel when a source is divided.
    struct Member: Sendable, Hashable {
        /// The channel's name, for messages.
        let name: String
        /// What it is.
        let kind: ChannelKind
        /// Samples a second.
        let hertz: Double
    }

    /// Its name, for example `emg-2000Hz` or `other-100Hz`.
    let name: String
    /// The channels' places, in the order of the source.
    let members: [Int]
    /// Samples a second.
    let hertz: Double

    /// Divides the channels of a source, the main part first.
    ///
    /// Channels that say what they are decide: the EMG of the rate that most of it has is the
    /// main part. When none says that it is EMG, the main part are the channels of the highest
    /// rate that do not say that they are something else.
    ///
    /// - Parameter channels: The channels, at least one.
    /// - Returns: The parts, at least one.
    static func parts(of channels: [Member]) -> [RatedPart] {
        struct Key: Hashable {
            let isMainKind: Bool
            let hertz: Double
        }
        let mainKind = ChannelKind.mainKind(of: channels.map(\.kind))
        var groups: [Key: [Int]] = [:]
        for (index, channel) in channels.enumerated() {
            let key = Key(isMainKind: channel.kind == mainKind, hertz: channel.hertz)
            groups[key, default: []].append(index)
        }
        // Without a word on what is EMG the fastest channels are: nothing else needs the rate.
        let byCount = mainKind == .emg
        let order = groups.sorted { left, right in
            if left.key.isMainKind != right.key.isMainKind { return left.key.isMainKind }
            if byCount, left.value.count != right.value.count {
                return left.value.count > right.value.count
            }
            return left.key.hertz > right.key.hertz
        }
        return order.map { key, members in
            let kind = key.isMainKind ? "emg" : ChannelKind.othersName
            return RatedPart(
                name: "\(kind)-\(key.hertz.brief)Hz", members: members, hertz: key.hertz)
        }
    }

    /// What is said of the parts that are not read.
    ///
    /// - Parameters:
    ///   - parts: All parts.
    ///   - selected: Those that are read.
    ///   - names: The names of all channels.
    ///   - location: The source.
    /// - Returns: A warning for each.
    static func leftOut(
        _ parts: [RatedPart], except selected: [RatedPart], names: [String],
        at location: SourceLocation
    ) -> [IngestWarning] {
        parts.filter { !selected.contains($0) }.map { part in
            ChannelKind.leftOut(
                part.members.map { "\"\(names[$0])\"" }, part: part.name, at: location)
        }
    }
}
