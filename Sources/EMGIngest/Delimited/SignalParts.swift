internal import EMGSignal

/// Signals of several rates, divided into parts: the EMG of the rate that most of it has, then all
/// others by their rates.
struct SignalParts: Sendable {
    /// The parts, the main one first.
    private(set) var parts: [DelimitedPlan.Part] = []
    /// What is said when only the main one is read.
    private(set) var leftOut: [IngestWarning] = []

    /// Signals of one rate, all of them EMG or none.
    private struct Group {
        let hertz: Double
        let isEMG: Bool
        var members: [Int]
    }

    init(
        _ signals: [DelimitedSignal], at location: SourceLocation
    ) throws(IngestError) {
        let groups = Self.groups(of: signals)
        var names: Set<String> = []
        for (number, group) in groups.enumerated() {
            let members = group.members
            let rate: SamplingRate
            do throws(SignalError) {
                rate = try SamplingRate(hertz: group.hertz)
            } catch {
                throw IngestError(.unknownRate(reason: error.description), at: location)
            }
            let named = DelimitedPlan.unique(members.map { signals[$0].label }, unit: "")
            var name: String?
            if number > 0 {
                let short = "\(rate.hertz.brief)Hz"
                let unique = names.contains(short) ? "\(ChannelKind.othersName)-\(short)" : short
                names.insert(unique)
                name = unique
            }
            parts.append(
                DelimitedPlan.Part(
                    name: name,
                    channels: zip(named, members).map {
                        Channel(name: $0.name, unit: signals[$1].unit)
                    },
                    columns: members.map { signals[$0].column }, time: signals[members[0]].time,
                    rate: signals[members[0]].isDeclared
                        ? .declared(rate, by: "header")
                        : .unknown(reason: "there are no two times that go forward")))
            guard let name else { continue }
            leftOut.append(
                ChannelKind.leftOut(members.map { signals[$0].label }, part: name, at: location))
        }
    }

    /// The main group first, then the others from the highest rate down.
    private static func groups(of signals: [DelimitedSignal]) -> [Group] {
        let kinds = signals.map { $0.kind }
        // Where no label says EMG, what may be some is divided by its rate alone.
        let main = ChannelKind.mainKind(of: kinds)
        let saysEMG = main == .emg
        var groups: [Group] = []
        for (index, signal) in signals.enumerated() {
            let isEMG = kinds[index] == main
            // Times of a few digits give a rate that is a little off.
            let tolerance = (signal.isDeclared ? 1e-3 : 1e-2) * signal.hertz
            if let place = groups.firstIndex(where: {
                $0.isEMG == isEMG && abs($0.hertz - signal.hertz) <= tolerance
            }) {
                groups[place].members.append(index)
            } else {
                groups.append(Group(hertz: signal.hertz, isEMG: isEMG, members: [index]))
            }
        }
        groups.sort { left, right in
            if left.isEMG != right.isEMG { return left.isEMG }
            if left.isEMG, saysEMG, left.members.count != right.members.count {
                return left.members.count > right.members.count
            }
            return left.hertz > right.hertz
        }
        return groups
    }
}
