internal import EMGSignal
internal import HDF5

/// Finds the sample nearest to a time among time stamps that go forward, reading few of them.
final class TimeStampSearch {
    private static let pageRows = 4_096
    private static let pageLimit = 512

    /// The first time stamp, in seconds.
    let first: Double
    private let times: HDF5Column
    private let scale: Double
    private var pages: [Int: [Double]] = [:]
    /// Why time stamps could not be read; asked for at the end.
    private(set) var failure: HDF5Error?

    init(_ times: HDF5Column, scale: Double, in source: HDF5Source) {
        self.times = times
        self.scale = scale
        do throws(HDF5Error) {
            first = (try times.read(0..<min(1, times.count)).first ?? 0) * scale
        } catch {
            first = 0
            failure = error
        }
    }

    /// The row nearest to a time; 0 or the number of rows outside them.
    func row(at time: Double) -> Int {
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if value(middle) < time { low = middle + 1 } else { high = middle }
        }
        guard low > 0, low < times.count else { return low }
        return time - value(low - 1) <= value(low) - time ? low - 1 : low
    }

    private func value(_ row: Int) -> Double {
        let page = row / Self.pageRows
        if pages[page] == nil {
            if pages.count >= Self.pageLimit { pages.removeAll() }
            let start = page * Self.pageRows
            do throws(HDF5Error) {
                pages[page] = try times.read(start..<min(times.count, start + Self.pageRows))
            } catch {
                failure = failure ?? error
                pages[page] = [Double](repeating: 0, count: Self.pageRows)
            }
        }
        return (pages[page]?[row % Self.pageRows] ?? 0) * scale
    }
}
