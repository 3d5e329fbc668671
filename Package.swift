// swift-tools-version: 6.3
import PackageDescription

/// Settings every target shares. Each upcoming feature removes an ambiguity that the
/// language keeps for older code only.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let numerics: [Target.Dependency] = [
    .product(name: "ComplexModule", package: "swift-numerics"),
    .product(name: "RealModule", package: "swift-numerics"),
]
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

/// The page is part of the program, so that a command that was moved elsewhere still serves it.
let pageResources: [Resource] = [
    "index.html", "style.css", "app.js", "api.js", "collection.js", "dialogs.js", "edits.js",
    "keys.js", "list.js", "plot.js", "signal.js", "spectrum.js", "theme.js",
].map { .embedInCode("Page/\($0)") }

let package = Package(
    name: "MyoTask",
    platforms: [.macOS(.v15)],
    products: [
        .library(
            name: "MyoTask",
            targets: [
                "Autodiff", "Documents", "EMGArchive", "EMGBatch", "EMGEpisodes", "EMGExport",
                "EMGFilters", "EMGIngest", "EMGReview", "EMGSignal", "EMGSynth", "EMGTasks",
                "Experiments", "Figures", "Files", "HDF5", "MetaLearning", "Spectra",
                "TensorBoard",
                "MachineFaults",
            ]),
        .executable(name: "myotask", targets: ["myotask"]),
    ],
    traits: [
        .trait(
            name: "ReviewServer",
            description: "The command \"myotask review\", with the HTTP server it needs."),
        .default(enabledTraits: ["ReviewServer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
    ],
    targets: [
        // System libraries: a module map and, for C macros, static inline functions; no logic.
        .systemLibrary(
            name: "CFFTW3", pkgConfig: "fftw3",
            providers: [.apt(["libfftw3-dev"]), .brew(["fftw"])]),
        .systemLibrary(
            name: "CHDF5", pkgConfig: "hdf5",
            providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
        .systemLibrary(
            name: "CBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CDeflate", pkgConfig: "libdeflate",
            providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(
            name: "CExpat", pkgConfig: "expat",
            providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        .systemLibrary(
            name: "CCairo", pkgConfig: "cairo",
            providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),

        // One loop in C, compiled for several instruction sets; see docs/decisions.
        .target(name: "CSections"),
        // Exchanges two names of the file system, which Swift does not see in the C library.
        .target(name: "CFileExchange"),

        // Foundations that know nothing of EMG.
        .target(name: "Documents", dependencies: ["PrintableText", yaml]),
        .target(name: "CSV", dependencies: ["Documents", "PrintableText"]),
        .target(name: "Digests", dependencies: ["CCrypto"]),
        .target(name: "Figures", dependencies: ["CCairo", "Files", "PrintableText"]),
        .target(name: "MachineFaults"),
        .target(name: "Files", dependencies: ["CFileExchange", "MachineFaults", "PrintableText"]),
        .target(name: "NPY", dependencies: ["PrintableText"]),
        .target(name: "Parallel"),
        .target(name: "PrintableText", dependencies: ["MachineFaults"]),
        .target(name: "SeededRandom"),
        .target(name: "TensorBoard", dependencies: ["Files", "PrintableText"]),
        .target(name: "FFTW", dependencies: ["CFFTW3"]),
        .target(
            name: "HDF5",
            dependencies: ["CDeflate", "CHDF5", "MachineFaults", "Parallel", "PrintableText"]),

        // From raw recordings to task collections.
        .target(name: "EMGSignal", dependencies: ["Documents", "PrintableText"]),
        .target(
            name: "EMGFilters",
            dependencies: [
                "CSections", "FFTW", "EMGSignal", "Documents", "Parallel", "PrintableText",
            ] + numerics),
        .target(name: "Spectra", dependencies: ["FFTW", "EMGSignal"]),
        .target(
            name: "EMGIngest",
            dependencies: [
                "CArchive", "CExpat", "CSV", "Digests", "Documents", "EMGArchive", "EMGSignal",
                "Files", "HDF5", "MachineFaults", "NPY", "Parallel", "PrintableText", "Spectra",
            ]),
        .target(
            name: "EMGArchive",
            dependencies: [
                "Digests", "HDF5", "EMGSignal", "Documents", "Files", "MachineFaults", "Parallel",
                "PrintableText",
            ]),
        .target(
            name: "EMGExport",
            dependencies: [
                "Documents", "EMGArchive", "EMGSignal", "Files", "HDF5", "MachineFaults",
                "Parallel",
                "PrintableText",
            ]),
        .target(
            name: "EMGTasks",
            dependencies: [
                "CSV", "Digests", "Documents", "EMGArchive", "EMGFilters", "EMGSignal", "Files",
                "HDF5", "MachineFaults", "NPY", "Parallel", "PrintableText", "SeededRandom",
            ]),
        .target(
            name: "EMGBatch",
            dependencies: [
                "EMGArchive", "EMGExport", "EMGFilters", "EMGIngest", "EMGSignal", "Files",
                "HDF5", "MachineFaults", "Parallel", "PrintableText", "Spectra",
            ]),
        .target(
            name: "EMGSynth",
            dependencies: ["EMGSignal", "Files", "PrintableText", "SeededRandom", "Parallel"]),

        // The review page: everything but the HTTP server works without the trait, too.
        .target(
            name: "EMGReview",
            dependencies: [
                "Digests", "Documents", "EMGArchive", "EMGFilters", "EMGSignal", "EMGTasks",
                "Parallel", "PrintableText", "Spectra",
                .product(
                    name: "FlyingFox", package: "FlyingFox",
                    condition: .when(traits: ["ReviewServer"])),
                .product(
                    name: "FlyingSocks", package: "FlyingFox",
                    condition: .when(traits: ["ReviewServer"])),
            ],
            resources: pageResources),

        // Meta-learning over arrays. Swift compiles loops for one vector width; the C target has
        // the engine's element by element loops for several, the widest taken at run time.
        .target(name: "CVectorKernels"),
        .target(name: "Autodiff", dependencies: ["CBLAS", "CVectorKernels"]),
        .target(
            name: "MetaLearning",
            dependencies: [
                "Autodiff", "CSV", "Documents", "Files", "MachineFaults", "Parallel",
                "PrintableText", "SeededRandom",
            ]),

        // Where the two meet, and the command.
        .target(
            name: "EMGEpisodes",
            dependencies: [
                "Documents", "EMGArchive", "EMGSignal", "EMGTasks", "MetaLearning", "PrintableText",
                "SeededRandom",
            ]),
        .target(
            name: "Experiments",
            dependencies: [
                "Autodiff", "CSV", "Digests", "Documents", "EMGArchive", "EMGBatch",
                "EMGEpisodes", "EMGFilters", "EMGIngest", "EMGSignal", "EMGTasks", "FFTW",
                "Figures", "Files", "HDF5", "MachineFaults", "MetaLearning", "Parallel",
                "PrintableText",
                "SeededRandom", "TensorBoard",
            ]),
        .executableTarget(
            name: "myotask",
            dependencies: [
                "EMGSignal", "EMGIngest", "EMGFilters", "EMGArchive", "EMGBatch", "EMGExport",
                "EMGReview", "EMGTasks", "EMGSynth", "MetaLearning", "EMGEpisodes", "Experiments",
                "Documents", "Figures", "Files", "MachineFaults", "Parallel", "PrintableText",
                "Spectra",
                "TensorBoard", arguments,
            ]),

        // Measured beside the peers under Benchmarks; no product.
        .executableTarget(
            name: "myotask-bench",
            dependencies: [
                "Documents", "EMGIngest", "EMGSignal", "EMGArchive", "EMGEpisodes", "HDF5",
                "MetaLearning", arguments,
            ],
            path: "Benchmarks/Measured"),
        // Not a product: measures the filters for Benchmarks/.
        .executableTarget(
            name: "filter-bench", dependencies: ["EMGFilters", "EMGSignal"],
            path: "Benchmarks/Filters"),

        // Tests: one target a module, what they share in TestSupport.
        .target(
            name: "TestSupport", dependencies: ["CHDF5", "Documents", "HDF5"],
            path: "Tests/TestSupport"),
        .testTarget(
            name: "CSVTests", dependencies: ["CSV", "Documents", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "FiguresTests", dependencies: ["Figures", "SeededRandom", "TestSupport"]),
        .testTarget(name: "FilesTests", dependencies: ["Files", "MachineFaults", "TestSupport"]),
        .testTarget(name: "NPYTests", dependencies: ["NPY", "SeededRandom", "TestSupport"]),
        .testTarget(name: "PrintableTextTests", dependencies: ["PrintableText"]),
        .testTarget(name: "SeededRandomTests", dependencies: ["SeededRandom", "Parallel"]),
        .testTarget(name: "FFTWTests", dependencies: ["FFTW", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "HDF5Tests",
            dependencies: ["HDF5", "Parallel", "SeededRandom", "TestSupport"]),
        .testTarget(name: "EMGSignalTests", dependencies: ["EMGSignal", "TestSupport"]),
        // Counts allocations in the program that runs the tests.
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        .testTarget(
            name: "EMGFiltersTests",
            dependencies: [
                "AllocationCount", "EMGFilters", "EMGSignal", "FFTW", "Documents", "SeededRandom",
                "Spectra", "TestSupport",
            ] + numerics,
            resources: [.copy("Golden")]),
        .testTarget(
            name: "EMGIngestTests",
            dependencies: [
                "EMGIngest", "EMGArchive", "EMGBatch", "EMGSignal", "EMGSynth", "Documents", "HDF5",
                "SeededRandom", "TestSupport",
            ]),
        .testTarget(
            name: "EMGArchiveTests",
            dependencies: [
                "EMGArchive", "HDF5", "EMGSignal", "Documents", "Files", "MachineFaults",
                "Parallel", "SeededRandom", "TestSupport",
            ]),
        .testTarget(
            name: "EMGExportTests",
            dependencies: [
                "EMGExport", "EMGArchive", "EMGIngest", "EMGSignal", "Documents", "SeededRandom",
                "TestSupport",
            ]),
        .testTarget(
            name: "EMGTasksTests",
            dependencies: [
                "EMGTasks", "EMGArchive", "EMGEpisodes", "EMGFilters", "EMGSignal", "Documents",
                "HDF5", "MetaLearning", "SeededRandom", "TestSupport",
            ]),
        .testTarget(
            name: "EMGEpisodesTests",
            dependencies: [
                "EMGEpisodes", "Autodiff", "Documents", "EMGArchive", "EMGSignal", "EMGTasks",
                "MetaLearning", "SeededRandom", "TestSupport",
            ]),
        .testTarget(
            name: "EMGReviewTests",
            dependencies: [
                "EMGReview", "EMGArchive", "EMGSignal", "EMGTasks", "Documents", "SeededRandom",
                "TestSupport", "myotask",
            ],
            exclude: ["Browser"]),
        .testTarget(
            name: "EMGSynthTests",
            dependencies: ["EMGSynth", "EMGSignal", "TestSupport"]),
        .testTarget(
            name: "AutodiffTests", dependencies: ["Autodiff", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "MetaLearningTests",
            dependencies: ["MetaLearning", "Autodiff", "Documents", "SeededRandom", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(
            name: "TensorBoardTests",
            dependencies: ["Figures", "SeededRandom", "TensorBoard", "TestSupport"]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: [
                "Experiments", "Documents", "EMGArchive", "EMGEpisodes", "EMGSignal", "EMGTasks",
                "Figures", "MetaLearning", "SeededRandom", "TestSupport", "myotask",
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "FrozenTests",
            dependencies: [
                "Digests", "Documents", "EMGIngest", "HDF5", "Parallel", "TestSupport", "myotask",
            ],
            exclude: ["Golden", "README.md"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Digests", "EMGArchive", "EMGBatch", "EMGExport", "EMGFilters", "EMGIngest",
                "EMGSignal", "EMGSynth", "EMGTasks", "Experiments", "Figures", "HDF5", "Documents",
                "MachineFaults", "MetaLearning", "PrintableText", "SeededRandom", "TensorBoard",
                "TestSupport", "myotask",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CVectorKernels" {
    target.swiftSettings = strict
}
