private import Digests
package import EMGArchive
private import EMGFeatures
import EMGSignal
private import MetaLearning

/// The people of an archive as a protocol sees them: what each held when, in windows.
package struct BenchmarkPeople: Sendable {
    /// What a person held, a part for each hold.
    struct Person: Sendable {
        let name: String
        /// Recordings from before, which a method may use that uses earlier recordings.
        var earlier: [PersonWindows] = []
        /// Where support comes from: of each class the holds in their order.
        var support: [PersonWindows] = []
        /// What is decided about; empty when it is what follows the support in the same recordings.
        var query: [PersonWindows] = []
    }

    /// The people in the order of their names.
    let people: [Person]
    /// The classes by their numbers.
    package let classNames: [String]
    /// Channels of a window.
    package let channels: Int
    /// What the samples are.
    package let nature: SignalNature
    /// A digest of what was recorded: which recordings of which sources.
    package let digest: String
    /// Whom the protocol does not fit, and why.
    package let leftOut: [BenchmarkError]

    /// How many people there are.
    package var count: Int { people.count }

    /// Reads the people of an archive.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - settings: Who did what when, and what a window is.
    /// - Returns: The people.
    /// - Throws: `ArchiveError` for recordings that cannot be read, ``BenchmarkError`` for
    ///   recordings that are not alike or do not have what the protocol needs.
    package static func read(
        _ archive: RecordingArchive, for settings: BenchmarkProtocol
    ) throws -> BenchmarkPeople {
        var recordings: [Recording] = []
        var others: Set<String> = []
        for entry in try archive.recordings() {
            let identity = try archive.readHeader(entry).identity
            guard settings.takes(identity) else {
                others.insert("\(identity.session)/\(identity.condition)")
                continue
            }
            recordings.append(try archive.read(entry))
        }
        guard let first = recordings.first else {
            throw BenchmarkError(
                .missing(
                    what: "recording that the protocol takes",
                    found: others.isEmpty
                        ? "none at all"
                        : "the sessions and conditions "
                            + others.sorted(by: NaturalOrder.precedes).prefix(10)
                            .joined(separator: ", ")),
                of: settings.name,
                hint: "name the sessions: sessions.support=[NAME] sessions.query=[NAME]; or take a "
                    + "protocol without sessions, such as windows_k")
        }
        for recording in recordings { try check(recording, isLike: first) }
        let names = try classNames(of: recordings, settings)
        let nature = SignalNature(of: recordings.prefix(40).map(\.samples))
        let (people, leftOut) = try sorted(
            recordings, classNames: names, nature: nature, settings)
        return BenchmarkPeople(
            people: people, classNames: names, channels: first.channels.count, nature: nature,
            digest: SHA256.digest(
                of: recordings.map { "\($0.identity.id) \($0.source.sha256)\n" }.joined()
                    .utf8.map(\.self)),
            leftOut: leftOut)
    }

    private static func check(_ one: Recording, isLike other: Recording) throws(BenchmarkError) {
        let parts = [
            ("channels", "\(other.channels.count)", "\(one.channels.count)"),
            ("sampling rate", "\(other.samplingRate)", "\(one.samplingRate)"),
        ]
        for (what, expected, found) in parts where expected != found {
            throw BenchmarkError(
                .mismatch(what: what, expected: expected, found: found), of: one.identity.id,
                hint: what == "channels"
                    ? "others have \(expected): choose recordings with conditions or sessions"
                    : "resample with myotask filter: - resample: {rate_hz: ...}")
        }
    }

    /// The classes: those of the protocol, or all that occur.
    private static func classNames(
        of recordings: [Recording], _ settings: BenchmarkProtocol
    ) throws(BenchmarkError) -> [String] {
        var found: Set<String> = []
        for labels in recordings.compactMap(\.labels) {
            for run in labels.runs { found.insert(labels.classNames[Int(run.label)]) }
        }
        found.remove(LabelTrack.unlabeledName)
        let sorted = found.sorted(by: NaturalOrder.precedes)
        for name in settings.classes where !found.contains(name) {
            throw BenchmarkError(
                .missing(what: "class \"\(name)\"", found: sorted.joined(separator: ", ")),
                of: settings.name, hint: "classes: [NAME, ...] names some of them")
        }
        let names = settings.classes.isEmpty ? sorted : settings.classes
        guard names.count >= 2 else {
            throw BenchmarkError(
                .tooFew(what: "classes", expected: 2, found: names.count), of: settings.name,
                hint: "label the recordings: see --template of myotask convert")
        }
        for name in settings.heldOut where !names.contains(name) {
            throw BenchmarkError(
                .missing(what: "class \"\(name)\"", found: names.joined(separator: ", ")),
                of: settings.name, hint: "held_out: [NAME, ...] names some of them")
        }
        guard settings.newClassCount < names.count else {
            throw BenchmarkError(
                .tooFew(
                    what: "classes", expected: settings.newClassCount + 1, found: names.count),
                of: settings.name,
                hint: "people that are learned from show other classes than new ones")
        }
        let known = names.count - settings.newClassCount
        if let ways = settings.ways, known < ways {
            throw BenchmarkError(
                .tooFew(
                    what: "classes that training people show", expected: ways, found: known),
                of: settings.name, hint: "ask for fewer ways, or hold out fewer classes")
        }
        return names
    }

    /// Sorts recordings by person and by what they are for: session after session, and in a session
    /// one repetition of all conditions after the other, as people record.
    private static func sorted(
        _ recordings: [Recording], classNames: [String], nature: SignalNature,
        _ settings: BenchmarkProtocol
    ) throws -> (people: [Person], leftOut: [BenchmarkError]) {
        var people: [Person] = []
        func order(_ identity: RecordingIdentity) -> [String] {
            [identity.patient, identity.session, identity.run, identity.condition]
        }
        let recordings = recordings.sorted {
            order($0.identity).lexicographicallyPrecedes(
                order($1.identity), by: NaturalOrder.precedes)
        }
        for recording in recordings {
            let identity = recording.identity
            if people.last?.name != identity.patient {
                people.append(Person(name: identity.patient))
            }
            let last = people.count - 1
            for windows in try holds(
                of: recording, classNames: classNames, nature: nature, settings)
            where windows.count > 0 {
                switch settings.sessions.use(of: identity.session) {
                case .earlier: people[last].earlier.append(windows)
                case .support: people[last].support.append(windows)
                case .query: people[last].query.append(windows)
                case nil: break
                }
            }
        }
        var (complete, leftOut): ([Person], [BenchmarkError]) = ([], [])
        for person in people {
            if let error = settings.fault(
                of: person, classNames: classNames,
                sessions: Set(
                    recordings.filter { $0.identity.patient == person.name }
                        .map(\.identity.session)))
            {
                leftOut.append(error)
            } else {
                complete.append(person)
            }
        }
        guard complete.count >= BenchmarkProtocol.leastPeople else {
            if let first = leftOut.first { throw first }
            throw BenchmarkError(
                .tooFew(
                    what: "people", expected: BenchmarkProtocol.leastPeople,
                    found: complete.count), of: settings.name,
                hint: "a prior over people, and a test on others, need several")
        }
        return (complete, leftOut)
    }

    /// The windows of each hold of a recording, in its order: a hold is a segment in which one class
    /// was held without a break.
    private static func holds(
        of recording: Recording, classNames: [String], nature: SignalNature,
        _ settings: BenchmarkProtocol
    ) throws -> [PersonWindows] {
        guard let labels = recording.labels else { return [] }
        let features = try SlidingFeatures(
            [.mav, .waveformLength, .zeroCrossings(), .slopeSignChanges()],
            window: settings.windowSamples(at: recording.samplingRate),
            stride: settings.strideSamples(at: recording.samplingRate),
            samplingRate: recording.samplingRate)
        let segments = recording.quality.segments(sampleCount: recording.sampleCount) {
            $0.kind == .nonFinite || $0.kind == .markedBad
        }
        let samples = nature == .offset ? recording.samples.withoutOffset : recording.samples
        return labels.runs.flatMap { run -> [PersonWindows] in
            guard let label = classNames.firstIndex(of: labels.classNames[Int(run.label)])
            else { return [] }
            return segments.intersection([run.range]).map { range in
                let part = samples.slice(range)
                return PersonWindows(
                    ChannelWindow.windows(
                        of: part, length: features.window, stride: features.stride),
                    timeDomain: features.compute(
                        part.values, channelCount: samples.channelCount),
                    label: label, channels: samples.channelCount)
            }
        }
    }
}

extension SampleMatrix {
    /// The samples with the mean of each channel taken away.
    fileprivate var withoutOffset: SampleMatrix {
        var result = self
        for index in 0..<channelCount {
            let finite = channel(index).filter(\.isFinite)
            guard !finite.isEmpty else { continue }
            let mean = Float(finite.reduce(0, +) / Double(finite.count))
            for position in stride(from: index, to: values.count, by: channelCount) {
                result.values[position] -= mean
            }
        }
        return result
    }
}
