# Every target sets up .venv from the lock first when it has to; a second run installs nothing.
PYTHON ?= python3
PORT ?= 8888
BIN := .venv/bin
STAMP := .venv/.installed
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
# Jupyter refuses to run as root (in containers, say) unless told.
ROOT_OK := $(if $(filter 0,$(shell id -u)),--allow-root)

# A progress bar on a slow machine must not get into recorded outputs.
run test-notebooks: export TQDM_DISABLE = 1

.DEFAULT_GOAL := help
.PHONY: help env lab test test-unit test-notebooks run html pdf test-browser lint bench lock clean

help: ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(STAMP) ## 建立 .venv，按 requirements.txt 安装（其他命令会自动先做这一步）

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		f"Python 3.11 or newer is needed, got {sys.version.split()[0]}: make PYTHON=python3.12")'
	@echo '>> 正在建立 .venv（约 1.5 GB，只做一次；Linux 上若是带 GPU 支持的 PyTorch 则大几倍，见 README） / setting up .venv, once'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -r requirements.txt
	$(BIN)/python -m pip install --no-deps --no-build-isolation -e .
	@# JupyterLab would greet every student with a question about its own news.
	@$(BIN)/jupyter labextension disable --level sys_prefix \
		@jupyterlab/apputils-extension:announcements 2> /dev/null
	@touch $@

lab: $(STAMP) ## 打开 JupyterLab，进入笔记本（PORT=8888 可改端口）
	@$(BIN)/jupyter trust $(NOTEBOOKS) > /dev/null
	@echo '>> 在浏览器中打开下面的地址；按两次 Ctrl-C 结束 / open the address below'
	$(BIN)/jupyter lab --ServerApp.root_dir=notebooks --LabApp.default_url=/lab/tree/index.ipynb \
		--port=$(PORT) $(ROOT_OK)

test: test-unit test-notebooks ## 单元测试，然后重新执行每个笔记本并逐项比对输出

test-unit: $(STAMP) ## 只跑单元测试
	$(BIN)/python -m pytest -n 2 --dist loadscope

test-notebooks: $(STAMP) ## 只重新执行笔记本并比对
	$(BIN)/python -m pytest --nbval -n 2 --dist loadfile notebooks

run: $(STAMP) ## 重新执行每个笔记本并就地记录输出（记录输出的唯一途径）
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False $(NOTEBOOKS)
	$(BIN)/python docs/readme_figure.py

html: $(STAMP) docs/node_modules ## 由记录的输出生成网页 _build/html 与压缩包（另需 Node.js 与 npm）
	@rm -rf _build/html
	$(BIN)/sphinx-build -q -E -a -W --keep-going -d _build/doctrees -c docs notebooks _build/html
	@$(BIN)/python -c 'import shutil; shutil.make_archive("_build/momentum-book", "zip", "_build", "html")'
	@echo '>> _build/html/index.html  _build/momentum-book.zip'

docs/node_modules: docs/package-lock.json
	npm ci --prefix docs
	@touch $@

test-browser: html ## 在真实的浏览器里检查网页和互动图（另需 Node.js 与 Chromium）
	node --test tests/js
	$(BIN)/python -m pytest -n 2 tests/browser

pdf: html ## 用浏览器把网页印成 _build/pdf/*.pdf（另需 Chromium）
	$(BIN)/python docs/print_pdf.py

lint: $(STAMP) ## 用 ruff 检查代码与笔记本
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: $(STAMP) ## 测量速度，写入 benchmarks/README.md
	$(BIN)/python benchmarks/bench.py

lock: $(STAMP) ## 由 pyproject.toml 重新解析 requirements.txt
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --upgrade --all-extras \
		--strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --output-file=requirements.txt pyproject.toml
	@# The build of torch is the machine's choice; the lock names the version only.
	sed -i.bak -e 's/^\(torch==[0-9.]*\)+.*/\1/' requirements.txt && rm requirements.txt.bak

clean: ## 删除 .venv 与所有生成物
	rm -rf .venv _build dist .pytest_cache .ruff_cache .coverage
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +
