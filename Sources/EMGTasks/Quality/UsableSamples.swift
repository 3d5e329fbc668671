import EMGSignal

/// What a policy leaves of a recording for windows and fits.
struct UsableSamples: Sendable {
    /// A channel that is excluded from the first to the last sample.
    struct BadChannel: Sendable {
        let channel: Int
        let kinds: Set<QualityInterval.Kind>
    }

    /// The segments that may be windowed as one and fitted to.
    let segments: [SampleRange]
    /// What keeps the other samples out.
    let excluded: [QualityInterval]
    /// What is reported where windows contain it.
    let warned: [QualityInterval]
    /// Channels that the policy silences: they are excluded throughout.
    let silenced: [Int]
    /// Channels that are excluded throughout and not silenced: no sample is left.
    let badChannels: [BadChannel]

    /// - Parameters:
    ///   - header: The recording; its quality is that of the channels that are used.
    ///   - policy: What is excluded.
    ///   - windowLength: Samples of a window.
    ///   - silent: Channels whose samples are not used, as a person said so.
    ///   - cut: What a person excluded for all channels, whatever the policy says.
    init(
        _ header: RecordingHeader, policy: QualityPolicy, windowLength: Int, silent: [Int] = [],
        cut: [SampleRange] = []
    ) {
        let count = header.sampleCount
        let silent = Set(silent)
        let quality = header.quality.filter { !($0.channel.map(silent.contains) ?? false) }
        var excluded = quality.filter { policy.excludes($0, windowLength: windowLength) }
        let bad = Self.badChannels(excluded, sampleCount: count)
        var silenced: Set<Int> = []
        if policy.badChannels == .silence, bad.count < header.channels.count - silent.count {
            silenced = Set(bad.map(\.channel))
        }
        func isHeard(_ interval: QualityInterval) -> Bool {
            !(interval.channel.map(silenced.contains) ?? false)
        }
        excluded.removeAll { !isHeard($0) }
        let known = Set(excluded)
        excluded += cut.map { QualityInterval(range: $0, channel: nil, kind: .markedBad) }
            .filter { !known.contains($0) }
        self.excluded = excluded
        segments = excluded.segments(sampleCount: count) { _ in true }
        warned = quality.filter { isHeard($0) && policy.warns(of: $0, windowLength: windowLength) }
        self.silenced = silenced.sorted()
        badChannels = silenced.isEmpty ? bad : []
    }

    private static func badChannels(
        _ excluded: [QualityInterval], sampleCount: Int
    ) -> [BadChannel] {
        Dictionary(grouping: excluded.filter { $0.channel != nil }, by: { $0.channel ?? 0 })
            .sorted { $0.key < $1.key }.compactMap { channel, own in
                let ranges = own.filter { $0.kind != .gap }.map(\.range).united()
                guard ranges == [SampleRange(start: 0, end: sampleCount)] else { return nil }
                return BadChannel(channel: channel, kinds: Set(own.map(\.kind)))
            }
    }
}

extension RecordingHeader {
    /// The recording without the marks of hum that a policy takes for too weak.
    ///
    /// How far hum stands out is given by the step that read the recording; where it is not,
    /// everything that was marked counts.
    func counting(humOf policy: QualityPolicy) -> RecordingHeader {
        guard let least = policy.humLevel else { return self }
        let stated = history.last { $0.operation.hasPrefix("ingest.") }?
            .parameters["mains_hum_db"]
        guard case .list(let levels)? = stated, levels.count == channels.count else { return self }
        var header = self
        header.quality.removeAll { interval in
            guard interval.kind == .mainsHum, let channel = interval.channel else { return false }
            return switch levels[channel] {
            case .number(let level): level < least
            case .integer(let level): Double(level) < least
            default: false
            }
        }
        return header
    }
}
