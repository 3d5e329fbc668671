internal import EMGSignal
import PrintableText

extension RecordingInspection {
    /// What the time stamps of a recording are like.
    package struct TimeStampSummary: Sendable, Hashable, Codable {
        /// The smallest step that they can make, in seconds.
        package let resolutionSeconds: Double
        /// The standard deviation of the packets' stamps from the line through them, in seconds;
        /// `nil` when there is no such line.
        package let jitterSeconds: Double?
        /// How many samples came together: the smallest, the middle and the largest number;
        /// `nil` when they came one by one.
        package let samplesPerPacket: PacketSizes?
        /// How many stamps repeat the one before.
        package let repeatedStamps: Int
        /// Why the stamps say nothing of the rate; `nil` when they do.
        package let silence: String?

        /// How many samples came together.
        package struct PacketSizes: Sendable, Hashable, Codable {
            /// The smallest number, the ends of the recording left out.
            package let least: Int
            /// The middle number.
            package let typical: Int
            /// The largest number.
            package let most: Int
        }

        init(_ timeLine: TimeLine) {
            resolutionSeconds = timeLine.resolutionSeconds
            jitterSeconds = timeLine.line?.jitterSeconds
            let sizes = timeLine.packets
            samplesPerPacket =
                timeLine.hasPackets
                ? PacketSizes(least: sizes.least, typical: sizes.typical, most: sizes.most) : nil
            repeatedStamps = timeLine.repeatCount
            silence = timeLine.silence
        }

        /// In one line.
        var text: String {
            var parts = ["resolution \(resolutionSeconds.briefSeconds)"]
            if let sizes = samplesPerPacket {
                let range = sizes.least < sizes.most ? " (\(sizes.least) to \(sizes.most))" : ""
                parts.append("\(sizes.typical, of: "sample") a packet\(range)")
            } else {
                parts.append("no packets")
            }
            if let jitterSeconds { parts.append("jitter \(jitterSeconds.briefSeconds)") }
            if let silence { parts.append(silence) }
            return parts.joined(separator: ", ")
        }
    }

    /// Where samples of a recording are missing or its clock goes back.
    package struct GapSummary: Sendable, Hashable, Codable {
        /// How many such places there are.
        package let count: Int
        /// How many samples are missing together, where that is known.
        package let missingSamples: Int
        /// The first of them.
        package let places: [Place]

        /// How many are distinguished.
        package static let mostPlaces = 1_000

        /// One place.
        package struct Place: Sendable, Hashable, Codable {
            /// The first sample behind it.
            package let sample: Int
            /// How many samples are missing, 0 when the clock goes back; `nil` when it is not
            /// known.
            package let missingSamples: Int?
            /// How many seconds are missing, below 0 when the clock goes back; `nil` when it is
            /// not known.
            package let seconds: Double?
            /// What tells of it: `time stamps`, `counter` or `source`.
            package let origin: String
        }

        init(_ header: RecordingHeader, timeLine: TimeLine?) {
            var byTime: [Int: TimeLine.Break] = [:]
            for place in timeLine?.breaks ?? [] { byTime[place.sample] = place }
            let losses = CounterLosses(header.history).rows
            let samples = Set(
                header.quality.filter { $0.kind == .gap && $0.channel == nil }
                    .map(\.range.start)
            ).union(byTime.keys).sorted()
            count = samples.count
            var (missing, places): (Int, [Place]) = (0, [])
            for sample in samples {
                let lost = losses[sample]
                let time = byTime[sample]
                let samplesLost = lost ?? time?.missingSamples
                missing = missing.addingReportingOverflow(samplesLost ?? 0).partialValue
                guard places.count < Self.mostPlaces else { continue }
                places.append(
                    Place(
                        sample: sample, missingSamples: samplesLost,
                        seconds: time?.seconds
                            ?? lost.map { Double($0) / header.samplingRate.hertz },
                        origin: lost != nil ? "counter" : time != nil ? "time stamps" : "source"))
            }
            missingSamples = missing
            self.places = places
        }

        /// The number of gaps, then the first of them, a line each.
        var text: [String] {
            guard count > 0 else { return ["none"] }
            var lines = ["\(count), \(missingSamples, of: "sample") missing"]
            for place in places.prefix(Self.mostLines) {
                let what: String
                switch (place.missingSamples, place.seconds) {
                case (0?, let seconds?): what = "the clock goes back \((-seconds).brief) s"
                case (let missing?, let seconds?):
                    what = "\(missing, of: "sample") (\(seconds.brief) s) missing"
                case (let missing?, nil): what = "\(missing, of: "sample") missing"
                case (nil, _): what = "cut, how much is missing is not known"
                }
                lines.append("before sample \(place.sample): \(what), by \(place.origin)")
            }
            if count > Self.mostLines { lines.append("and \(count - Self.mostLines) more") }
            return lines
        }

        private static let mostLines = 20
    }
}
