import Decoding

/// The control layer computed from its description, the slow way: from everything since the
/// beginning, again for each decision.
struct ControlReference {
    var neutral: Int?
    var rejectBelow = 0.0
    var holdsRejected = false
    var voteCount = 1
    /// For each class: enter and leave probability, and decisions to enter.
    var classes: [(enter: Double, leave: Double, count: Int)]
    var refractoryCount = 0

    /// The classes that are put out for the rows of probabilities after a beginning.
    func labels(_ rows: [[Double]]) -> [(label: Int?, state: ControlOutput.State)] {
        var result: [(label: Int?, state: ControlOutput.State)] = []
        var lastChange: Int?
        for now in rows.indices {
            let before = now == 0 ? neutral : result[now - 1].label
            guard let voted = voted(rows, now) else {
                result.append((before, .rejected))
                continue
            }
            let rejected = isRejected(rows[now])
            if voted == before {
                result.append((before, rejected ? .rejected : .decided))
                continue
            }
            let since = lastChange.map { now - $0 }
            let isLate = since.map { $0 >= refractoryCount } ?? true
            let leave = before.map { rows[now][$0] <= classes[$0].leave } ?? true
            let needed = voted.map { classes[$0].count } ?? 1
            if isLate, leave, run(rows, now, voted, result.map(\.label), from: lastChange) >= needed
            {
                lastChange = now
                result.append((voted, rejected ? .rejected : .decided))
            } else {
                result.append((before, rejected ? .rejected : .held))
            }
        }
        return result
    }

    private func isRejected(_ row: [Double]) -> Bool { (row.max() ?? 0) < rejectBelow }

    private func decided(_ row: [Double]) -> Int? {
        isRejected(row) ? neutral : row.firstIndex(of: row.max() ?? 0)
    }

    /// What is voted at a decision; `nil` when it casts no vote.
    private func voted(_ rows: [[Double]], _ now: Int) -> Int?? {
        if holdsRejected, isRejected(rows[now]) { return nil }
        let casts = rows[...now].filter { !(holdsRejected && isRejected($0)) }.suffix(voteCount)
            .map(decided)
        func count(_ label: Int?) -> Int { casts.count { $0 == label } }
        let most = casts.map(count).max() ?? 0
        return .some(casts.last { count($0) == most } ?? neutral)
    }

    /// For how many decisions up to now a class was voted surely enough while it was not put out.
    private func run(
        _ rows: [[Double]], _ now: Int, _ label: Int?, _ outputs: [Int?], from change: Int?
    ) -> Int {
        var count = 0
        for place in stride(from: now, through: (change ?? -1) + 1, by: -1) {
            let before = place == 0 ? neutral : outputs[place - 1]
            guard let voted = voted(rows, place), voted == label, before != label else {
                break
            }
            let isGivenUp = isRejected(rows[place]) && label == neutral
            let isSure = label.map { rows[place][$0] >= classes[$0].enter } ?? true
            guard isGivenUp || isSure else { break }
            count += 1
        }
        return count
    }
}
