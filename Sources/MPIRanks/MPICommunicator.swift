#if MPI
    private import CMPI
    package import Distribution
    private import Foundation

    /// The ranks of MPI's world.
    ///
    /// Waiting takes no processor from ranks that are still at work: after a moment the thread sleeps
    /// between looks. All calls come from the thread that made the communicator.
    package struct MPICommunicator: Communicator {
        package let rank: Int
        package let size: Int

        /// Starts MPI.
        ///
        /// - Throws: `DistributionError` when it cannot be started.
        package init() throws(DistributionError) {
            var level: Int32 = 0
            try Self.check("MPI_Init_thread", unsafe cmpi_initialize(&level))
            try Self.check("MPI_Comm_set_errhandler", cmpi_return_errors())
            var number: Int32 = 0
            try Self.check("MPI_Comm_rank", unsafe cmpi_rank(&number))
            rank = Int(number)
            try Self.check("MPI_Comm_size", unsafe cmpi_size(&number))
            size = Int(number)
        }

        /// The library's name and version, in its own words, the first line.
        package static var libraryName: String {
            var text = [CChar](repeating: 0, count: 8_192)
            var length: Int32 = 0
            guard unsafe MPI_Get_library_version(&text, &length) == cmpi_success() else {
                return "MPI"
            }
            let line = text.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
            return String(decoding: line, as: UTF8.self)
                .split(separator: ",").first.map(String.init) ?? "MPI"
        }

        /// The machine's name.
        package var hostName: String {
            var text = [CChar](repeating: 0, count: Int(cmpi_longest_host_name()) + 1)
            var length: Int32 = 0
            guard unsafe MPI_Get_processor_name(&text, &length) == cmpi_success() else {
                return ProcessInfo.processInfo.hostName
            }
            return String(
                decoding: text.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        /// The processors that this process may use; empty where the system does not say.
        package var processors: [Int] {
            (0..<cmpi_processor_limit()).filter { cmpi_may_run_on($0) == 1 }.map(Int.init)
        }

        package func allGather<Element: BitwiseCopyable & Sendable>(
            _ values: [Element], counts: [Int]
        ) throws(DistributionError) -> [Element] {
            let layout = try MessageLayout<Element>(counts)
            let own = layout.lengths[rank]
            return try unsafe Self.filled(counts.reduce(0, +), by: "MPI_Iallgatherv") { all in
                unsafe values.withUnsafeBytes { values in
                    unsafe layout.withPointers { lengths, offsets in
                        unsafe Self.complete { call in
                            unsafe cmpi_begin_all_gather(
                                values.baseAddress, own, all, lengths, offsets,
                                layout.unitSize, call)
                        }
                    }
                }
            }
        }

        package func allToAll<Element: BitwiseCopyable & Sendable>(
            _ values: [Element], sent: [Int], received: [Int]
        ) throws(DistributionError) -> [Element] {
            let (out, back) = (
                try MessageLayout<Element>(sent), try MessageLayout<Element>(received)
            )
            return try unsafe Self.filled(received.reduce(0, +), by: "MPI_Ialltoallv") { all in
                unsafe values.withUnsafeBytes { values in
                    unsafe out.withPointers { lengths, offsets in
                        unsafe back.withPointers { backLengths, backOffsets in
                            unsafe Self.complete { call in
                                unsafe cmpi_begin_all_to_all(
                                    values.baseAddress, lengths, offsets, all, backLengths,
                                    backOffsets, out.unitSize, call)
                            }
                        }
                    }
                }
            }
        }

        package func finalize() { MPI_Finalize() }

        /// An array that a call fills.
        private static func filled<Element: BitwiseCopyable>(
            _ count: Int, by call: String, _ fill: (UnsafeMutableRawPointer?) -> Int32
        ) throws(DistributionError) -> [Element] {
            var status: Int32 = 0
            let result = unsafe [Element](unsafeUninitializedCapacity: count) { all, initialized in
                status = unsafe fill(UnsafeMutableRawPointer(all.baseAddress))
                initialized = count
            }
            try check(call, status)
            return result
        }

        /// Begins a call and waits for its end.
        private static func complete(
            _ begin: (UnsafeMutablePointer<cmpi_call>) -> Int32
        ) -> Int32 {
            var call = unsafe cmpi_call()
            var status = unsafe withUnsafeMutablePointer(to: &call) { unsafe begin($0) }
            var isDone: Int32 = 0
            var looks = 0
            while status == cmpi_success() {
                status = unsafe cmpi_test(&call, &isDone)
                guard isDone == 0 else { break }
                looks += 1
                pause(after: looks)
            }
            return status
        }

        /// Waits a little between two looks, longer when there were many.
        private static func pause(after looks: Int) {
            switch looks {
            case ..<200: break
            case ..<2_000: sched_yield()
            case ..<4_000: usleep(50)
            default: usleep(500)
            }
        }

        private static func check(
            _ call: String, _ status: Int32
        ) throws(DistributionError) {
            guard status != cmpi_success() else { return }
            var text = [CChar](repeating: 0, count: Int(cmpi_longest_error()) + 1)
            var length: Int32 = 0
            let isKnown = unsafe MPI_Error_string(status, &text, &length) == cmpi_success()
            let words = text.prefix(Int(length)).map { UInt8(bitPattern: $0) }
            throw DistributionError(
                .transport(
                    call: call,
                    reason: isKnown ? String(decoding: words, as: UTF8.self) : "error \(status)"))
        }
    }

    /// How the elements of all ranks lie in a message, in units that MPI moves.
    private struct MessageLayout<Element: BitwiseCopyable> {
        /// Bytes of a unit: 1, 4 or 8.
        let unitSize: Int32
        /// Units of each rank.
        let lengths: [Int32]
        /// Where the units of each rank begin.
        let offsets: [Int32]

        init(_ counts: [Int]) throws(DistributionError) {
            let bytes = MemoryLayout<Element>.stride
            let unit = bytes % 8 == 0 ? 8 : bytes % 4 == 0 ? 4 : 1
            let units = counts.map { $0 * (bytes / unit) }
            guard units.reduce(0, +) <= Int(Int32.max) else {
                throw DistributionError(
                    .tooLarge(elements: counts.reduce(0, +)),
                    hint: "take fewer tasks in a meta-step, or more ranks")
            }
            unitSize = Int32(unit)
            lengths = units.map { Int32($0) }
            var start: Int32 = 0
            offsets = lengths.map { length in
                defer { start += length }
                return start
            }
        }

        /// Keeps the arrays where they are while MPI reads them.
        func withPointers(
            _ body: (UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Int32
        ) -> Int32 {
            unsafe lengths.withUnsafeBufferPointer { lengths in
                unsafe offsets.withUnsafeBufferPointer { offsets in
                    unsafe body(lengths.baseAddress, offsets.baseAddress)
                }
            }
        }
    }
#endif
